package io.playgrant.console.http;

/** Checks targets of redirects: only a path on this server, in the characters of a URL. */
public final class LocalPath {

    private static final int LONGEST = 2_000;
    private static final String OTHER_CHARACTERS = "-._~/?&=%+:,@!$'()*;";

    private LocalPath() {}

    /** Whether a text is a path on this server, with or without a query. Browsers read {@code //} and {@code /\} as another host. */
    public static boolean isLocal(String text) {
        return text.startsWith("/")
                && !text.startsWith("//")
                && !text.contains("..")
                && text.length() <= LONGEST
                && text.chars().allMatch(LocalPath::isAllowed);
    }

    private static boolean isAllowed(int character) {
        boolean isLetter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
        return isLetter || (character >= '0' && character <= '9') || OTHER_CHARACTERS.indexOf(character) >= 0;
    }
}
