package io.playgrant.token;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The indexes of the keys in a request: the numbers after the dot in {@code kid.0}, {@code contentKey.1} and so on.
 *
 * @param count the number of keys that can be read; 0 if the request has no indexed parameter
 * @param problem the first parameter with a wrong index; empty if there is none
 */
public record KeyIndexes(int count, String problem) {

    /** The largest number of keys in a token. */
    public static final int MOST = 16;

    private static final Pattern INDEXED =
            Pattern.compile("(kid|contentKey|ek|kek|securityLevel|hdcpOutputControl|trackType)\\.([0-9]+)");
    private static final Pattern CANONICAL = Pattern.compile("0|[1-9][0-9]?");

    static KeyIndexes of(Parameters parameters) {
        TreeMap<Integer, String> nameOfIndex = new TreeMap<>();
        boolean indexedKid = false;
        for (String name : parameters.names()) {
            if (name.indexOf('.') < 0) {
                continue;
            }
            Matcher matcher = INDEXED.matcher(name);
            if (!matcher.matches()) {
                continue;
            }
            String index = matcher.group(2);
            if (!CANONICAL.matcher(index).matches() || Integer.parseInt(index) >= MOST) {
                return new KeyIndexes(contiguous(nameOfIndex.keySet()), shortened(name));
            }
            nameOfIndex.putIfAbsent(Integer.valueOf(index), name);
            indexedKid |= name.startsWith("kid.");
        }
        int count = contiguous(nameOfIndex.keySet());
        if (count < nameOfIndex.size()) {
            return new KeyIndexes(count, firstAfter(nameOfIndex, count).orElse(""));
        }
        boolean both = indexedKid && !parameters.get("kid").isAbsent();
        return new KeyIndexes(count, both ? "kid" : "");
    }

    /** Whether no index is missing, too large, or beside a plain {@code kid}. */
    public boolean areContiguous() {
        return problem.isEmpty();
    }

    /** Whether a parameter's name has an index, right or wrong. */
    static boolean isIndexed(String name) {
        return INDEXED.matcher(name).matches();
    }

    /** The index in a parameter's name. */
    static OptionalInt indexOf(String name) {
        Matcher matcher = INDEXED.matcher(name);
        return matcher.matches() && CANONICAL.matcher(matcher.group(2)).matches()
                ? OptionalInt.of(Integer.parseInt(matcher.group(2)))
                : OptionalInt.empty();
    }

    private static int contiguous(Set<Integer> indexes) {
        int count = 0;
        while (indexes.contains(count)) {
            count++;
        }
        return count;
    }

    private static Optional<String> firstAfter(TreeMap<Integer, String> nameOfIndex, int gap) {
        return Optional.ofNullable(nameOfIndex.higherEntry(gap)).map(entry -> entry.getValue());
    }

    /** The name for messages, cut if it is long, because clients choose it. */
    private static String shortened(String name) {
        return name.length() <= 32 ? name : name.substring(0, 32) + "…";
    }
}
