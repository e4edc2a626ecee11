package io.playgrant.usage;

import io.playgrant.storage.Database;
import io.playgrant.time.Poller;
import io.playgrant.time.Schedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes old counts and request times, at the start and then every hour, in small transactions, until it is closed. Several servers may do
 * so on the same database. Counts of whole days are deleted, so that no day has only a part of its sum.
 */
public final class UsageRetention implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UsageRetention.class);
    private static final Duration INTERVAL = Duration.ofHours(1);

    /** How long request times are kept. */
    private static final Duration TIMES_KEPT = Duration.ofDays(8);

    private final Database database;
    private final Optional<Duration> kept;
    private final Clock clock;
    private final Poller poller;
    private Instant next = Instant.MIN;
    private volatile boolean closed;

    /**
     * Starts deleting.
     *
     * @param kept how long counts are kept; for ever if empty
     */
    public UsageRetention(Database database, Optional<Duration> kept, Clock clock, Schedule schedule) {
        this.database = database;
        this.kept = kept;
        this.clock = clock;
        this.poller = schedule.start("usage-retention", this::look);
    }

    private void look() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(INTERVAL);
        try {
            kept.ifPresent(time -> {
                Instant end = now.minus(time).truncatedTo(ChronoUnit.DAYS);
                deleteBefore(SlotTable.USAGE_MINUTES, end);
                deleteBefore(SlotTable.USAGE_HOURS, end);
                deleteTotalsBefore(end);
            });
            Instant end = now.minus(TIMES_KEPT).truncatedTo(ChronoUnit.DAYS);
            deleteBefore(SlotTable.TIME_MINUTES, end);
            deleteBefore(SlotTable.TIME_HOURS, end);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Not all old counts of answers could be deleted; the next attempt is in an hour: {}",
                    e.getMessage());
        }
    }

    private void deleteBefore(SlotTable table, Instant end) {
        Optional<Object> owner = ownerAfter(table, table.first());
        while (owner.isPresent()) {
            Object one = owner.get();
            int deleted;
            do {
                deleted = closed ? 0 : table.deleteSomeBefore(database, one, end);
            } while (deleted > 0);
            owner = closed ? Optional.empty() : ownerAfter(table, one);
        }
    }

    /** At most a row for each minute: a small transaction unless the time was set to less. */
    private void deleteTotalsBefore(Instant end) {
        database.inTransaction(handle -> handle.createUpdate("delete from usage_total where slot < :end")
                .bind("end", end.getEpochSecond() / 60)
                .execute());
    }

    private Optional<Object> ownerAfter(SlotTable table, Object owner) {
        return database.withHandle(handle -> table.ownerAfter(handle, owner));
    }

    @Override
    public void close() {
        closed = true;
        poller.close();
    }
}
