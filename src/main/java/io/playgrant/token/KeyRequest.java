package io.playgrant.token;

import io.playgrant.contentkey.KeyId;
import io.playgrant.token.constraint.Texts;
import java.util.Optional;

/**
 * What a request says about one key: the parameters that may carry an index.
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

    /** The digits of a kid that is given in hexadecimal. */
    static final int KID_DIGITS = 32;

    /** The most characters after the {@code ^} of a kid that is given as a name. */
    static final int MOST_NAME_CHARACTERS = 64;

    /** How this key's material is given. */
    public KeyMaterial material() {
        boolean hasKek = !kek.isAbsent();
        boolean hasEk = !ek.isAbsent();
        if (!contentKey.isAbsent()) {
            return hasKek || hasEk ? KeyMaterial.AMBIGUOUS : KeyMaterial.CLEAR;
        }
        if (hasKek) {
            return hasEk ? KeyMaterial.WRAPPED : KeyMaterial.STORED;
        }
        return hasEk ? KeyMaterial.WITHOUT_KEK : KeyMaterial.NONE;
    }

    /** The key id, if it can be read, whatever else is wrong with the request. */
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

    /** The parameters of key {@code index}; a plain one stands in for an absent one. */
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
        Parameter own = parameters.get(name + "." + index);
        Parameter plain = own.isAbsent() ? parameters.get(name) : own;
        return plain.isAbsent() ? own : plain;
    }
}
