package io.playgrant.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** The database is unreachable or refused a statement, or a file of the installation is unusable. */
public final class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A failure that its message describes completely. */
    public StorageException(String message) {
        super(message);
    }

    /**
     * The SQLSTATE, if the database refused data because of their content, so that a retry would fail again. Empty for all other failures.
     */
    public Optional<String> dataRefusal() {
        return DatabaseFailure.dataRefusal(this);
    }

    /** The reason of a file-system failure in words. The messages of special exceptions are mostly only the path. */
    public static String reason(IOException failure) {
        if (failure instanceof FileSystemException detailed && detailed.getReason() != null) {
            return detailed.getReason();
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (failure instanceof AccessDeniedException) {
            return "access is denied";
        }
        String message = failure.getMessage();
        if (failure instanceof FileNotFoundException && message != null && message.endsWith(")")) {
            // The path, then the reason in parentheses.
            return message.substring(message.lastIndexOf('(') + 1, message.length() - 1);
        }
        return failure.getClass() == IOException.class && message != null
                ? message
                : failure.getClass().getSimpleName();
    }

    /** A failure with its cause, whose message is only logged. */
    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
