package io.playgrant.batch;

/** A run over a file that cannot begin or go on; the message is a sentence that says why. */
public final class BatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A reason, which quotes nothing of a request. */
    public BatchException(String message) {
        super(message, null, false, false);
    }
}
