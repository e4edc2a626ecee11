package io.playgrant.console.http;

/** A page needs a session. */
final class SignInNeededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SignInNeededException() {
        super("there is no session", null, false, false);
    }
}
