package io.playgrant.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** The database is out of reach or refused what it was asked. */
public final class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A failure that the message says all about. */
    public StorageException(String message) {
        super(message);
    }

    /**
     * The SQLSTATE with which the database refused what was to be written, because of the data themselves: the same would be refused again.
     * Empty for all other failures.
     */
    public Optional<String> dataRefusal() {
        return DatabaseFailure.dataRefusal(this);
    }

    /** What a file system says in words; the messages of its more special exceptions are mostly the path again. */
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

    /** A failure with its cause, whose message goes to the log only. */
    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
