package io.playgrant.files;

import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/** The folder that holds all that this installation must keep, readable by its owner only. */
public final class DataFolder {

    /** A file lock is the process's; threads of one process need one of their own. */
    private static final Object THREADS = new Object();

    private final Path path;

    private DataFolder(Path path) {
        this.path = path;
    }

    /**
     * Opens the folder, making it if need be.
     *
     * @throws StorageException with a sentence that names the folder, if it cannot be made or written to
     */
    public static DataFolder open(Path path) {
        try {
            if (Files.exists(path) && !Files.isDirectory(path)) {
                throw new StorageException("The data folder " + path + " is a file");
            }
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path, OwnerOnly.folder());
            }
        } catch (IOException e) {
            throw new StorageException("The data folder " + path + " cannot be made: " + StorageException.reason(e), e);
        }
        if (!Files.isWritable(path)) {
            throw new StorageException("The data folder " + path + " cannot be written to");
        }
        return new DataFolder(path);
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** A file in it. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /**
     * Writes a file whole or not at all, readable by its owner only.
     *
     * @throws StorageException if it cannot be written; a file that was there stays as it was
     */
    public void write(String name, String text) {
        Path target = file(name);
        try {
            Path draft = Files.createTempFile(path, name, ".new", OwnerOnly.file());
            try {
                try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                    // On a disk that is nearly full, less may be written than was asked for.
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                    channel.force(true);
                }
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new StorageException("The file " + target + " cannot be written: " + StorageException.reason(e), e);
        }
    }

    /**
     * Does something that only one process may do at a time, such as making what is not there yet.
     *
     * @throws StorageException if the lock cannot be had
     */
    public <T> T exclusively(Supplier<T> work) {
        synchronized (THREADS) {
            try (FileChannel channel =
                            FileChannel.open(file(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                return work.get();
            } catch (IOException e) {
                throw new StorageException(
                        "The data folder " + path + " cannot be locked: " + StorageException.reason(e), e);
            }
        }
    }
}
