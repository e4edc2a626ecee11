package io.playgrant.operator;

/** So many secrets are being checked that this one would wait too long. The caller may try again soon. */
public final class BusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BusyException() {
        super("too many passwords and API tokens are being checked", null, false, false);
    }
}
