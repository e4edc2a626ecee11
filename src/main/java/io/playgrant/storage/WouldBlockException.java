package io.playgrant.storage;

/**
 * Work was begun on a thread that must not wait, and would have to wait. Nothing has been changed: the work can be begun again on another
 * thread. It is no failure, and has no stack trace.
 */
public final class WouldBlockException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WouldBlockException() {
        super("this thread must not wait", null, false, false);
    }
}
