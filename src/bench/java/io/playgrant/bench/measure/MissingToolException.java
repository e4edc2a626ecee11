package io.playgrant.bench.measure;

/** Something that a benchmark needs is not installed. */
public final class MissingToolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MissingToolException(String message) {
        super(message);
    }
}
