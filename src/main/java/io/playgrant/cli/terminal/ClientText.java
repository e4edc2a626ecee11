package io.playgrant.cli.terminal;

import java.util.regex.Pattern;

/** Text that clients chose, as people see it on a terminal. */
public final class ClientText {

    /**
     * What must not reach a terminal, as the members of a class of characters: controls, line ends, and what is not seen (Unicode's
     * Default_Ignorable_Code_Point, most of which is in the category Cf).
     */
    static final String UNPRINTABLE =
            "\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u2065\\u3164"
                    + "\\ufe00-\\ufe0f\\uffa0\\ufff0-\\ufff8\\x{e0000}-\\x{e0fff}";

    /** Letters, digits, punctuation and symbols. A mark at the beginning would be drawn over what stands before it. */
    private static final Pattern PLAIN =
            Pattern.compile("(?!-$|\\p{M})[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}&&[^\"=" + UNPRINTABLE + "]]+");

    private static final Pattern NOT_IN_QUOTES = Pattern.compile("[\\p{C}\\p{Z}\"" + UNPRINTABLE + "&&[^ ]]");

    private ClientText() {}

    /** The text, in quotes if it could be taken for several columns, for none, or for another text. */
    public static String unambiguous(String text) {
        return PLAIN.matcher(text).matches()
                ? text
                : '"' + NOT_IN_QUOTES.matcher(text).replaceAll("?") + '"';
    }
}
