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

    /** Whether a parameter has this name, with or without an index; all others are ignored. */
    public static boolean isKnown(String name) {
        return OF_A_REQUEST.contains(name) || OF_A_KEY.contains(name) || KeyIndexes.isIndexed(name);
    }
}
