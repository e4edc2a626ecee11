package io.playgrant.cli.token;

import io.playgrant.cli.terminal.CommandException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A token as arguments and lines name it. */
final class TokenArgument {

    private static final Pattern IN_URL = Pattern.compile("[?&]ExpressPlayToken=([^&#\\s]*)");
    private static final Pattern SPACE = Pattern.compile("\\s");

    private TokenArgument() {}

    /**
     * The text of a token, which may be none.
     *
     * @param given a token, or a licence URL that carries one
     * @throws CommandException if it is another URL, or a URL beside something else, which would be passed over
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
