package io.playgrant.cli.terminal;

/** Standard output took less than a command had to print; the message is a sentence that says what was done all the same. */
public final class OutputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure of a command.
     *
     * @param done what was done, as the end of a sentence; empty if nothing was to be done but to print
     */
    public OutputException(String done) {
        super(StandardOutput.UNWRITABLE + (done.isEmpty() ? "" : "; " + done), null, false, false);
    }
}
