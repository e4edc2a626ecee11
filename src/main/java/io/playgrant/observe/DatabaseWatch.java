package io.playgrant.observe;

import io.playgrant.storage.Database;
import io.playgrant.storage.Poller;
import io.playgrant.storage.StorageException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the database every second whether it answers, so that whoever asks for health need not wait for it. */
final class DatabaseWatch implements AutoCloseable {

    /** A database that hangs says nothing: it counts as lost after a while. Longer than a caller waits for a connection. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);

    private final Runnable question;
    private final LongSupplier nanoTime;
    private final Poller poller;
    private volatile long answered;
    private volatile boolean failing;

    DatabaseWatch(Database database) {
        this(() -> database.withHandle(handle -> handle.execute("select 1")), System::nanoTime);
    }

    /**
     * A watch on anything.
     *
     * @param question throws a {@link StorageException} if the database does not answer
     * @param nanoTime a clock that is never set
     */
    DatabaseWatch(Runnable question, LongSupplier nanoTime) {
        this.question = question;
        this.nanoTime = nanoTime;
        this.answered = nanoTime.getAsLong();
        this.poller = Poller.start("database-watch", this::look);
    }

    /** What is wrong with the database, if anything is. */
    Optional<String> problem() {
        if (failing) {
            return Optional.of("the database is out of reach; the log says why");
        }
        Duration silence = Duration.ofNanos(nanoTime.getAsLong() - answered);
        return silence.compareTo(PATIENCE) > 0
                ? Optional.of("the database has not answered for " + silence.toSeconds() + " seconds")
                : Optional.empty();
    }

    @Override
    public void close() {
        poller.close();
    }

    private void look() {
        try {
            question.run();
            answered = nanoTime.getAsLong();
            if (failing) {
                LOG.info("The database answers again");
            }
            failing = false;
        } catch (StorageException e) {
            if (!failing) {
                LOG.error("The database is out of reach", e);
            }
            failing = true;
        }
    }
}
