package io.playgrant.bench;

/** A benchmark found something that must not be. */
public final class FailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FailedException(String message) {
        super(message);
    }
}
