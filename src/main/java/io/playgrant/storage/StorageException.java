package io.playgrant.storage;

/** The database is out of reach or refused what it was asked. */
public final class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A failure that the message says all about. */
    public StorageException(String message) {
        super(message);
    }

    /** A failure with its cause, whose message goes to the log only. */
    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
