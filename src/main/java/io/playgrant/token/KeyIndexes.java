package io.playgrant.token;

import io.playgrant.token.constraint.Texts;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of the keys in a request: the numbers after the dot in {@code kid.0}, {@code contentKey.1} and so on.
 *
 * @param count the number of keys that can be read; 0 if the request has no indexed parameter
 * @param problem the first parameter with a wrong index; empty if there is none
 */
public record KeyIndexes(int count, String problem) {

    /** The largest number of keys in a token. */
    public static final int MOST = 16;

    private static final KeyIndexes NONE = new KeyIndexes(0, "");
    private static final int NOT_INDEXED = -1;
    private static final int NOT_CANONICAL = -1;

    static KeyIndexes of(Parameters parameters) {
        @Nullable String[] nameOfIndex = null;
        boolean indexedKid = false;
        for (String name : parameters.names()) {
            int dot = dot(name);
            if (dot == NOT_INDEXED) {
                continue;
            }
            if (nameOfIndex == null) {
                nameOfIndex = new String[MOST];
            }
            int index = number(name, dot);
            if (index == NOT_CANONICAL || index >= MOST) {
                return new KeyIndexes(contiguous(nameOfIndex), shortened(name));
            }
            if (nameOfIndex[index] == null) {
                nameOfIndex[index] = name;
            }
            indexedKid |= name.startsWith("kid.");
        }
        if (nameOfIndex == null) {
            return NONE;
        }
        int count = contiguous(nameOfIndex);
        for (int index = count; index < MOST; index++) {
            String afterGap = nameOfIndex[index];
            if (afterGap != null) {
                return new KeyIndexes(count, afterGap);
            }
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
        return dot(name) != NOT_INDEXED;
    }

    /** The index in a parameter's name. */
    static OptionalInt indexOf(String name) {
        int dot = dot(name);
        int number = dot == NOT_INDEXED ? NOT_CANONICAL : number(name, dot);
        return number == NOT_CANONICAL ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** Where the index begins: the dot between the name of a key's parameter and digits. */
    private static int dot(String name) {
        int dot = name.indexOf('.');
        if (dot < 0 || !Texts.hasDigitsOnly(name, dot + 1)) {
            return NOT_INDEXED;
        }
        for (int at = 0; at < ParameterNames.OF_A_KEY.size(); at++) {
            String plain = ParameterNames.OF_A_KEY.get(at);
            if (plain.length() == dot && name.startsWith(plain)) {
                return dot;
            }
        }
        return NOT_INDEXED;
    }

    /** The number after the dot, 0 to 99 without leading zeros. */
    private static int number(String name, int dot) {
        int digits = name.length() - dot - 1;
        boolean isCanonical = digits == 1 || (digits == 2 && name.charAt(dot + 1) != '0');
        return isCanonical ? Integer.parseInt(name, dot + 1, name.length(), 10) : NOT_CANONICAL;
    }

    private static int contiguous(@Nullable String[] nameOfIndex) {
        int count = 0;
        while (count < MOST && nameOfIndex[count] != null) {
            count++;
        }
        return count;
    }

    /** The name for messages, cut if it is long, because clients choose it. */
    private static String shortened(String name) {
        return name.length() <= 32 ? name : name.substring(0, 32) + "…";
    }
}
