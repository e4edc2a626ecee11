package io.playgrant.cli.terminal;

import java.util.regex.Pattern;

/** Makes text that clients chose safe and unambiguous on a terminal. */
public final class ClientText {

    /**
     * Characters that must not reach a terminal, as the inside of a regex character class: controls, line ends, and invisible characters
     * (Unicode's Default_Ignorable_Code_Point, most of which is in the category Cf).
     */
    static final String UNPRINTABLE =
            "\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u2065\\u3164"
                    + "\\ufe00-\\ufe0f\\uffa0\\ufff0-\\ufff8\\x{e0000}-\\x{e0fff}";

    /** Letters, digits, punctuation and symbols. A combining mark must not come first: it would be drawn over the text before it. */
    private static final Pattern PLAIN =
            Pattern.compile("(?!-$|\\p{M})[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}&&[^\"=" + UNPRINTABLE + "]]+");

    private static final Pattern NOT_IN_QUOTES = Pattern.compile("[\\p{C}\\p{Z}\"" + UNPRINTABLE + "&&[^ ]]");

    private ClientText() {}

    /** The text, in quotes if it could be mistaken for several columns, for an empty one, or for another text. */
    public static String unambiguous(String text) {
        return PLAIN.matcher(text).matches()
                ? text
                : '"' + NOT_IN_QUOTES.matcher(text).replaceAll("?") + '"';
    }
}
