package io.playgrant.cli;

import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A token as arguments name it. */
final class TokenText {

    private static final String STANDARD = "-";
    private static final int LONGEST = 64 * 1024;
    private static final Pattern IN_URL = Pattern.compile("[?&]ExpressPlayToken=([^&#\\s]*)");

    private TokenText() {}

    /**
     * The text of a token, which may be none.
     *
     * @param argument a token, a licence URL that carries one, or {@code -} if either is on standard input
     * @throws CommandException if it is another URL
     */
    static String read(String argument) {
        String text = argument.equals(STANDARD) ? standardInput() : argument;
        Matcher matcher = IN_URL.matcher(text);
        if (matcher.find()) {
            return matcher.group(1);
        }
        if (text.contains("://")) {
            throw new CommandException("The URL has no ExpressPlayToken");
        }
        return text.trim();
    }

    private static String standardInput() {
        try {
            return new String(System.in.readNBytes(LONGEST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandException("Standard input cannot be read: " + StorageException.reason(e));
        }
    }
}
