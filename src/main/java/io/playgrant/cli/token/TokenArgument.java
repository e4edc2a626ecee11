package io.playgrant.cli.token;

import io.playgrant.cli.terminal.CommandException;
import io.playgrant.view.TokenText;

/** Reads a token, or a licence URL, from an argument or a line of input. */
final class TokenArgument {

    private TokenArgument() {}

    /**
     * The text of the token, which is not checked.
     *
     * @param given a token, or a licence URL that contains one
     * @throws CommandException if it is another kind of URL, or if there is other text beside the URL, which would be ignored
     */
    static String of(String given) {
        try {
            return TokenText.of(given);
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
    }
}
