package io.playgrant.batch;

/** A source of tokens that is out of reach for now. */
public final class SourceAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The reason, as a sentence without its full stop. */
    public SourceAwayException(String message) {
        super(message, null, false, false);
    }
}
