package io.playgrant.token;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /** The parameters that each key may have. */
    static final List<String> OF_A_KEY =
            List.of("kid", "contentKey", "ek", "kek", "securityLevel", "hdcpOutputControl", "trackType");

    /** The names with an index, by the name without. */
    private static final Map<String, List<String>> INDEXED = OF_A_KEY.stream()
            .collect(Collectors.toUnmodifiableMap(
                    Function.identity(),
                    name -> IntStream.range(0, KeyIndexes.MOST)
                            .mapToObj(index -> name + "." + index)
                            .toList()));

    private static final Map<String, String> IN_LOWER_CASE = Stream.concat(OF_A_REQUEST.stream(), OF_A_KEY.stream())
            .collect(Collectors.toUnmodifiableMap(name -> name.toLowerCase(Locale.ROOT), Function.identity()));

    /**
     * A hash table of all names, so that a request's names are found without a copy of them. Most slots are empty, so that a search for an
     * unknown name ends soon.
     */
    private static final @Nullable String[] TABLE = new String[512];

    static {
        all().forEach(name -> TABLE[slot(name.getBytes(StandardCharsets.US_ASCII), 0, name.length())] = name);
    }

    private ParameterNames() {}

    /** All names, those of keys also with each index. */
    static Stream<String> all() {
        return Stream.of(
                        OF_A_REQUEST,
                        OF_A_KEY,
                        INDEXED.values().stream().flatMap(List::stream).toList())
                .flatMap(Collection::stream);
    }

    /** The name of a key's parameter with an index, 0 to 15. */
    static String indexed(String name, int index) {
        return Objects.requireNonNull(INDEXED.get(name)).get(index);
    }

    /** The name that is written in a part of these bytes; null if it is not one of {@link #all}. */
    public static @Nullable String find(byte[] text, int start, int end) {
        return TABLE[slot(text, start, end)];
    }

    /** The place of a name in the table, or the free place where it would be. */
    private static int slot(byte[] text, int start, int end) {
        int hash = 0;
        for (int at = start; at < end; at++) {
            hash = 31 * hash + text[at];
        }
        int slot = hash & (TABLE.length - 1);
        String name = TABLE[slot];
        while (name != null && !isWritten(name, text, start, end)) {
            slot = (slot + 1) & (TABLE.length - 1);
            name = TABLE[slot];
        }
        return slot;
    }

    private static boolean isWritten(String name, byte[] text, int start, int end) {
        if (name.length() != end - start) {
            return false;
        }
        for (int at = 0; at < name.length(); at++) {
            if (name.charAt(at) != text[start + at]) {
                return false;
            }
        }
        return true;
    }

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
