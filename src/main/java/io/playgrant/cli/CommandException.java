package io.playgrant.cli;

/** A command that cannot do what it was asked; the message is a sentence that says why. */
final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message, null, false, false);
    }
}
