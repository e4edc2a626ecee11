package io.playgrant.observe;

import io.playgrant.storage.Database;
import io.playgrant.storage.DatabaseBulkhead;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Poller;
import io.playgrant.time.Schedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks every second whether the database answers, so that a request for health does not wait for it. Logs the beginning of an outage,
 * which takes up to {@link DatabaseBulkhead#LIMIT} to notice if the database hangs, and its end.
 */
final class DatabaseWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);

    private final Runnable question;
    private final DatabaseBulkhead database;
    private final Clock clock;
    private final Poller poller;
    private volatile @Nullable Outage outage;

    /** The current outage: its beginning and its reason. */
    private record Outage(Instant since, String reason) {}

    DatabaseWatch(Database database, Clock clock, Schedule schedule) {
        this(() -> database.withHandle(handle -> handle.execute("select 1")), new DatabaseBulkhead(1), clock, schedule);
    }

    /**
     * A watch with another probe.
     *
     * @param question throws a {@link StorageException} if the database does not answer
     * @param database the bulkhead for the probe, with one permit
     */
    DatabaseWatch(Runnable question, DatabaseBulkhead database, Clock clock, Schedule schedule) {
        this.question = question;
        this.clock = clock;
        this.database = database;
        this.poller = schedule.start("database-watch", this::look);
    }

    /** The problem of the database, if there is one. */
    Optional<String> problem() {
        return Optional.ofNullable(outage)
                .map(now -> "the database is out of reach since " + now.since().truncatedTo(ChronoUnit.SECONDS) + ": "
                        + now.reason());
    }

    @Override
    public void close() {
        poller.close();
    }

    private void look() {
        Instant now = clock.instant();
        Outage before = outage;
        try {
            database.call(() -> {
                question.run();
                return now;
            });
            if (before != null) {
                LOG.info(
                        "The database answers again, after {} seconds",
                        Duration.between(before.since(), now).toSeconds());
            }
            outage = null;
        } catch (StorageException e) {
            if (before == null) {
                LOG.error("The database is out of reach. {}", e.getMessage());
                outage = new Outage(now, String.valueOf(e.getMessage()));
            }
        }
    }
}
