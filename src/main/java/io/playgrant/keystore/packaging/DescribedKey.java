package io.playgrant.keystore.packaging;

import io.playgrant.keystore.StoredKey;
import java.util.OptionalLong;

/**
 * A stored key, and what packagers call it.
 *
 * @param key the stored key, which the service holds
 * @param type the type of track; empty if no packager named one
 * @param period the crypto period; empty if the key does not rotate
 */
record DescribedKey(StoredKey key, String type, OptionalLong period) {}
