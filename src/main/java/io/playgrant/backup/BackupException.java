package io.playgrant.backup;

/** A backup cannot be written or restored. The message is a sentence that names the file and the reason. */
public final class BackupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BackupException(String message) {
        super(message);
    }

    BackupException(String message, Throwable cause) {
        super(message, cause);
    }
}
