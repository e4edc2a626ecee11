package io.playgrant.token;

import java.util.Set;

/** The names of the protocol's parameters. */
public final class ParameterNames {

    private static final Set<String> OF_A_REQUEST = Set.of(
            "customerAuthenticator",
            "errorFormat",
            "generalFlags",
            "contentId",
            "licenseDuration",
            "wvExtension",
            "expirationTime",
            "cookie",
            "useHttps",
            "deviceId",
            "ipAddress",
            "outputControlFlags",
            "rightsType",
            "rental.periodEndTime",
            "rental.playDuration",
            "rentalDuration",
            "playbackDuration",
            "maxRedemptions",
            "notBefore");

    private static final Set<String> OF_A_KEY =
            Set.of("kid", "contentKey", "ek", "kek", "securityLevel", "hdcpOutputControl", "trackType");

    private ParameterNames() {}

    /** Whether a parameter has this name, in either notation, with or without an index; all others are ignored. */
    public static boolean isKnown(String name) {
        return isPlain(canonical(name));
    }

    /**
     * The protocol's name of a parameter. PHP, Ruby and jQuery write elements of lists and members of objects in brackets:
     * {@code wvExtension[]}, {@code wvExtension[0]}, {@code kid[0]}, {@code rental[playDuration]}. A name that is not known is left as
     * it is.
     */
    public static String canonical(String name) {
        int open = name.indexOf('[');
        if (open < 0 || !name.endsWith("]")) {
            return name;
        }
        String list = name.substring(0, open);
        String dotted = list + "." + name.substring(open + 1, name.indexOf(']', open));
        if (isPlain(dotted)) {
            return dotted;
        }
        return isPlain(list) ? list : name;
    }

    private static boolean isPlain(String name) {
        return OF_A_REQUEST.contains(name) || OF_A_KEY.contains(name) || KeyIndexes.isIndexed(name);
    }
}
