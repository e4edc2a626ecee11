package io.playgrant.storage;

import io.playgrant.time.Poller;
import io.playgrant.time.Schedule;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the database every second for changes, on behalf of a cache, and reports when polling has failed for so long that the cache must
 * not be used.
 */
public final class ChangePoller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChangePoller.class);

    private final String subject;
    private final Runnable task;
    private final Duration trusted;
    private final LongSupplier nanoTime;

    /** Limits polling to one call at a time, and gives up waiting if it hangs. */
    private final DatabaseBulkhead database = new DatabaseBulkhead(1);

    private final Poller poller;

    /** All changes before this time have been read. */
    private volatile long readUntil;

    private boolean failing;

    /**
     * Starts polling. The cache counts as up to date now.
     *
     * @param subject the cached things in the plural, for messages
     * @param task applies the changes since its last call; throws {@link StorageException} if the database is unreachable. It is called by
     *     one thread at a time, but not always by the same one
     * @param trusted how long the cache may be used after the start of the last successful poll
     */
    public ChangePoller(String subject, Runnable task, Duration trusted, Schedule schedule) {
        this(subject, task, trusted, schedule, System::nanoTime);
    }

    /**
     * As {@link #ChangePoller(String, Runnable, Duration, Schedule)}, with another clock.
     *
     * @param nanoTime a monotonic clock, in nanoseconds
     */
    public ChangePoller(String subject, Runnable task, Duration trusted, Schedule schedule, LongSupplier nanoTime) {
        this.subject = subject;
        this.task = task;
        this.trusted = trusted;
        this.nanoTime = nanoTime;
        this.readUntil = nanoTime.getAsLong();
        this.poller = schedule.start("changes of " + subject, this::poll);
    }

    /**
     * Checks that the cache may be used.
     *
     * @throws StorageException if polling has failed for too long
     */
    public void requireUpToDate() {
        if (!isTrusted()) {
            throw new StorageException(staleness());
        }
    }

    private boolean isTrusted() {
        return age() <= trusted.toNanos();
    }

    private String staleness() {
        return "Changes of " + subject + " could not be read for "
                + Duration.ofNanos(age()).toSeconds() + " seconds";
    }

    private long age() {
        return nanoTime.getAsLong() - readUntil;
    }

    private void poll() {
        try {
            database.call(this::readChanges);
            if (failing) {
                LOG.info("Changes of {} can be read again", subject);
            }
            failing = false;
        } catch (StorageException e) {
            // DatabaseWatch logs the outage itself. Here only its later consequence for the cache is logged.
            if (!failing && !isTrusted()) {
                LOG.error("{}, so the cached ones are not used any more. {}", staleness(), e.getMessage());
                failing = true;
            }
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.error("Changes of {} cannot be read", subject, e);
            }
            failing = true;
        }
    }

    private long readChanges() {
        // The answer of the database may be as old as the start of the poll.
        long begin = nanoTime.getAsLong();
        task.run();
        readUntil = begin;
        return begin;
    }

    @Override
    public void close() {
        poller.close();
    }
}
