package io.playgrant.cli.terminal;

/** A command that cannot do what it was asked; the message is a sentence that says why. */
public final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandException(String message) {
        super(message, null, false, false);
    }
}
