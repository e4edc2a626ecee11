package io.playgrant.files;

import io.playgrant.storage.StorageException;
import io.playgrant.time.Poller;
import io.playgrant.time.Schedule;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The content of a key file, which is read again when the file changes. If the new file is unusable, the previous content remains in use.
 *
 * @param <T> the content; its {@code toString} is logged
 */
public final class WatchedFile<T> implements Supplier<T>, AutoCloseable {

    private final Path file;
    private final String noun;
    private final Function<Path, T> read;
    private final Logger log;
    private final Poller poller;
    private volatile T content;
    private volatile @Nullable String problem;

    /** Guarded by this. */
    private Object version;

    /**
     * Reads a file, and follows it until this is closed.
     *
     * @param noun the content in messages, such as {@code key ring}
     * @param read reads the file
     * @param log where changes are reported
     * @throws StorageException with a message that names the file and the problem
     */
    public WatchedFile(Path file, String noun, Function<Path, T> read, Logger log, Schedule schedule) {
        this.file = file;
        this.noun = noun;
        this.read = read;
        this.log = log;
        this.version = FileVersion.of(file);
        this.content = read.apply(file);
        this.poller = schedule.start(noun.replace(' ', '-') + "-changes", this::rereadIfChanged);
    }

    /** The current content. */
    @Override
    public T get() {
        return content;
    }

    /** Why the current file is unusable, if so; then {@link #get()} returns the previous content. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Reads the file now if it has changed, and returns the current content. */
    public T refreshed() {
        rereadIfChanged();
        return content;
    }

    private synchronized void rereadIfChanged() {
        Object current = FileVersion.of(file);
        if (current.equals(version)) {
            return;
        }
        version = current;
        try {
            content = read.apply(file);
            problem = null;
            log.info("The {} was reloaded: {}", noun, content);
        } catch (StorageException e) {
            problem = e.getMessage();
            log.error("The previous {} remains in use. {}", noun, e.getMessage());
        } catch (RuntimeException e) {
            // The message of the exception may quote the file.
            problem =
                    "The key file " + file + " cannot be read: " + e.getClass().getName();
            log.error("The previous {} remains in use. {}", noun, problem);
        }
    }

    @Override
    public void close() {
        poller.close();
    }
}
