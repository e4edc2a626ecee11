package io.playgrant.token;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    private static final Map<String, String> IN_LOWER_CASE = Stream.concat(OF_A_REQUEST.stream(), OF_A_KEY.stream())
            .collect(Collectors.toUnmodifiableMap(name -> name.toLowerCase(Locale.ROOT), Function.identity()));

    private ParameterNames() {}

    /** Whether a parameter has this name, in either notation, with or without an index; all others are ignored. */
    public static boolean isKnown(String name) {
        return isPlain(canonical(name));
    }

    /**
     * The protocol's name of a parameter. PHP, Ruby and jQuery write elements of lists and members of objects in brackets:
     * {@code wvExtension[]}, {@code wvExtension[0]}, {@code kid[0]}, {@code rental[playDuration]}. An unknown name is not changed.
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

    /** The name that equals a text except for case and surrounding white space. */
    public static Optional<String> spelled(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        String whole = IN_LOWER_CASE.get(name);
        int dot = name.lastIndexOf('.');
        if (whole != null || dot < 0) {
            return Optional.ofNullable(whole);
        }
        return Optional.ofNullable(IN_LOWER_CASE.get(name.substring(0, dot)))
                .map(base -> base + name.substring(dot))
                .filter(KeyIndexes::isIndexed);
    }
}
