package io.playgrant.packager.box;

/** A box, or the data in it, is malformed or too large. The message continues "the box …" or "the data …" and quotes nothing of it. */
public final class BoxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BoxException(String message) {
        super(message, null, false, false);
    }
}
