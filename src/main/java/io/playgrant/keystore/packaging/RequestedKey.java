package io.playgrant.keystore.packaging;

import io.playgrant.contentkey.KeyId;
import java.util.OptionalLong;

/**
 * A key whose id the packager chose.
 *
 * @param kid its key id
 * @param type the types of track, joined by {@code +}; empty if the packager named none
 * @param period the index of the crypto period; empty if the key does not rotate
 */
public record RequestedKey(KeyId kid, String type, OptionalLong period) {}
