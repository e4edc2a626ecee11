package io.playgrant.token;

/** A token that does not have the form it must have. Its message holds nothing of the token. */
final class MalformedTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedTokenException(String message) {
        super(message, null, false, false);
    }
}
