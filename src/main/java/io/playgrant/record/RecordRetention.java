package io.playgrant.record;

import io.playgrant.account.Environment;
import io.playgrant.time.Poller;
import io.playgrant.time.Schedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes old records, and records of deleted accounts, at the start and then every hour, in small transactions, until it is closed.
 * Several servers may do so on the same database.
 */
public final class RecordRetention implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RecordRetention.class);
    private static final Duration INTERVAL = Duration.ofHours(1);

    /** The number of records deleted in one transaction. */
    private static final int SOME = 1_000;

    private final Records records;
    private final Optional<Duration> kept;
    private final Clock clock;
    private final Poller poller;
    private Instant next = Instant.MIN;
    private volatile boolean closed;

    /**
     * Starts deleting.
     *
     * @param kept how long records are kept; if empty, until their account is deleted
     */
    public RecordRetention(Records records, Optional<Duration> kept, Clock clock, Schedule schedule) {
        this.records = records;
        this.kept = kept;
        this.clock = clock;
        this.poller = schedule.start("record-retention", this::look);
    }

    private void look() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(INTERVAL);
        try {
            long deleted = deleteAll(now);
            if (deleted > 0) {
                LOG.info("Deleted old records and records of deleted accounts: {}", deleted);
            }
        } catch (RuntimeException e) {
            LOG.warn("Not all old records could be deleted; the next attempt is in an hour: {}", e.getMessage());
        }
    }

    private long deleteAll(Instant now) {
        long deleted = 0;
        for (long account : records.accounts()) {
            Optional<Instant> end = records.isAccount(account) ? kept.map(now::minus) : Optional.of(RecordQuery.LATEST);
            for (Environment environment : Environment.values()) {
                deleted += end.isPresent() ? deleteBefore(account, environment, end.get()) : 0;
            }
        }
        return deleted;
    }

    private long deleteBefore(long account, Environment environment, Instant end) {
        long all = 0;
        int deleted;
        do {
            deleted = closed ? 0 : records.deleteSomeBefore(account, environment, end, SOME);
            all += deleted;
        } while (deleted > 0);
        return all;
    }

    @Override
    public void close() {
        closed = true;
        poller.close();
    }
}
