package io.playgrant.cli.terminal;

/** Standard output could not be written. The message is a sentence that also names the change that the command has made. */
public final class OutputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure of a command.
     *
     * @param done the change that the command has made, as the end of a sentence; empty if it only prints
     */
    public OutputException(String done) {
        super(StandardOutput.UNWRITABLE + (done.isEmpty() ? "" : "; " + done), null, false, false);
    }
}
