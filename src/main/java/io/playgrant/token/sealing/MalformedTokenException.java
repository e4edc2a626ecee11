package io.playgrant.token.sealing;

/** A token that does not have the form it must have. Its message holds nothing of the token. */
public final class MalformedTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedTokenException(String message) {
        super(message, null, false, false);
    }
}
