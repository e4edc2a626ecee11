package io.playgrant.token.sealing;

/** A malformed token. The message contains nothing of the token. */
public final class MalformedTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedTokenException(String message) {
        super(message, null, false, false);
    }
}
