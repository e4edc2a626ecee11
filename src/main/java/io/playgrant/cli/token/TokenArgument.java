package io.playgrant.cli.token;

import io.playgrant.cli.terminal.CommandException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a token, or a licence URL, from an argument or a line of input. */
final class TokenArgument {

    private static final Pattern IN_URL = Pattern.compile("[?&]ExpressPlayToken=([^&#\\s]*)");
    private static final Pattern SPACE = Pattern.compile("\\s");

    private TokenArgument() {}

    /**
     * The text of the token, which is not checked.
     *
     * @param given a token, or a licence URL that contains one
     * @throws CommandException if it is another kind of URL, or if there is other text beside the URL, which would be ignored
     */
    static String of(String given) {
        String text = given.strip();
        Matcher matcher = IN_URL.matcher(text);
        if (!matcher.find()) {
            if (text.contains("://")) {
                throw new CommandException("The URL has no ExpressPlayToken");
            }
            return text;
        }
        String token = matcher.group(1);
        if (matcher.find() || SPACE.matcher(text).find()) {
            throw new CommandException("There is more than one token, or other text beside it");
        }
        return token;
    }
}
