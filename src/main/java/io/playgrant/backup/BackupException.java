package io.playgrant.backup;

/** A backup that cannot be made or restored; the message is a sentence that names the file and says why. */
public final class BackupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BackupException(String message) {
        super(message);
    }

    BackupException(String message, Throwable cause) {
        super(message, cause);
    }
}
