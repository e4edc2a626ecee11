package io.playgrant.batch;

/** A run over a file cannot start or continue. The message is a sentence that says why. */
public final class BatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A failure whose reason quotes nothing of a request. */
    public BatchException(String message) {
        super(message, null, false, false);
    }
}
