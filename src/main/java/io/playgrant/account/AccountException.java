package io.playgrant.account;

/** An impossible change of an account. The message is a sentence that says why. */
public final class AccountException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AccountException(String message) {
        super(message, null, false, false);
    }
}
