package io.playgrant.packager.cpix;

import io.playgrant.contentkey.KeyId;
import io.playgrant.packager.box.ProtectionScheme;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A key that a document asks for.
 *
 * @param explicitIv the initialization vector that the packager uses, as 32 hexadecimal digits
 * @param type the track types of its usage rules, joined by {@code +}; empty if there are none
 * @param period the index of its period, if it has exactly one
 */
public record RequestedKey(
        KeyId kid, ProtectionScheme scheme, Optional<String> explicitIv, String type, OptionalLong period) {}
