package io.playgrant.token;

import io.playgrant.contentkey.KeyId;
import io.playgrant.token.constraint.Texts;
import java.util.Optional;

/**
 * The parameters of one key in a request: those that may have an index.
 *
 * <p>The components stand in the order of the protocol's table; {@link ParameterTable} has the rules and the errors of each.
 */
public record KeyRequest(
        Parameter kek,
        Parameter kid,
        Parameter ek,
        Parameter contentKey,
        Parameter securityLevel,
        Parameter hdcpOutputControl,
        Parameter trackType) {

    /** The number of digits of a hexadecimal kid. */
    static final int KID_DIGITS = 32;

    /** The largest number of characters of a kid after {@code ^}. */
    static final int MOST_NAME_CHARACTERS = 64;

    /** The kind of key material. */
    public KeyMaterial material() {
        boolean hasKek = !kek.isAbsent();
        boolean hasEk = !ek.isAbsent();
        if (!contentKey.isAbsent()) {
            return hasKek || hasEk ? KeyMaterial.AMBIGUOUS : KeyMaterial.CLEAR;
        }
        if (hasKek) {
            return hasEk ? KeyMaterial.WRAPPED : KeyMaterial.STORED;
        }
        return hasEk ? KeyMaterial.WITHOUT_KEK : KeyMaterial.HELD;
    }

    /** The key id, if it can be read, even if the rest of the request is invalid. */
    public Optional<KeyId> readableKid() {
        return kid.isSingle() && isReadable(kid.value()) ? Optional.of(TokenKey.kid(this)) : Optional.empty();
    }

    private static boolean isReadable(String kid) {
        if (!kid.startsWith("^")) {
            return Texts.isHex(kid, KID_DIGITS);
        }
        int characters = Texts.length(kid) - 1;
        return characters >= 1 && characters <= MOST_NAME_CHARACTERS && !Texts.hasControls(kid);
    }

    /** The names only. */
    @Override
    public String toString() {
        return "KeyRequest[" + kid + "]";
    }

    /** The parameters of one key. */
    static KeyRequest plain(Parameters parameters) {
        return new KeyRequest(
                parameters.get("kek"),
                parameters.get("kid"),
                parameters.get("ek"),
                parameters.get("contentKey"),
                parameters.get("securityLevel"),
                parameters.get("hdcpOutputControl"),
                parameters.get("trackType"));
    }

    /** The parameters of key {@code index}; the same parameter without an index is the default. */
    static KeyRequest indexed(Parameters parameters, int index) {
        return new KeyRequest(
                indexed(parameters, "kek", index),
                indexed(parameters, "kid", index),
                indexed(parameters, "ek", index),
                indexed(parameters, "contentKey", index),
                indexed(parameters, "securityLevel", index),
                indexed(parameters, "hdcpOutputControl", index),
                indexed(parameters, "trackType", index));
    }

    private static Parameter indexed(Parameters parameters, String name, int index) {
        Parameter own = parameters.get(ParameterNames.indexed(name, index));
        Parameter plain = own.isAbsent() ? parameters.get(name) : own;
        return plain.isAbsent() ? own : plain;
    }
}
