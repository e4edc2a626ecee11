package io.playgrant.batch;

/** A source of tokens is temporarily unavailable. */
public final class SourceAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The reason, as a sentence without its full stop. */
    public SourceAwayException(String message) {
        super(message, null, false, false);
    }
}
