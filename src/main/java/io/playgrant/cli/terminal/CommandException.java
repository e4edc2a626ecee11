package io.playgrant.cli.terminal;

/** A command failed. The message is a sentence for the user that says why. */
public final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandException(String message) {
        super(message, null, false, false);
    }
}
