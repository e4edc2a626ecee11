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

/** The data folder of an installation, readable by its owner only. */
public final class DataFolder {

    /** A lock between threads: a file lock only excludes other processes. */
    private static final Object THREADS = new Object();

    private final Path path;

    private DataFolder(Path path) {
        this.path = path;
    }

    /**
     * Opens the folder, and creates it if necessary.
     *
     * @throws StorageException with a message that names the folder, if it cannot be created or written to
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
            throw new StorageException(
                    "The data folder " + path + " cannot be created: " + StorageException.reason(e), e);
        }
        if (!Files.isWritable(path)) {
            throw new StorageException("The data folder " + path + " cannot be written to");
        }
        return new DataFolder(path);
    }

    /** The path of the folder. */
    public Path path() {
        return path;
    }

    /** The path of a file in the folder. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /** Whether a file is a link, for instance to a file of a Kubernetes Secret: then it is changed where it comes from. */
    public boolean isLink(String name) {
        return Files.isSymbolicLink(file(name));
    }

    /**
     * Writes a file atomically, readable by its owner only.
     *
     * @throws StorageException if it cannot be written, or is a {@linkplain #isLink link}; then an existing file is unchanged
     */
    public void write(String name, String text) {
        Path target = file(name);
        if (isLink(name)) {
            throw new StorageException("The file " + target
                    + " is a link. Change the file where it comes from, for example in its Secret");
        }
        try {
            Path draft = Files.createTempFile(path, name, ".new", OwnerOnly.file());
            try {
                try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                    // On a nearly full disk, a write may be partial.
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
     * Runs an action that only one process may run at a time, such as the creation of a missing file.
     *
     * @throws StorageException if the lock cannot be acquired
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
