package io.playgrant.account;

/** A change of an account that makes no sense; the message is a sentence that says why. */
public final class AccountException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AccountException(String message) {
        super(message, null, false, false);
    }
}
