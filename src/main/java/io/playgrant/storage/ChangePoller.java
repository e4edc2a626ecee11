package io.playgrant.storage;

import io.playgrant.time.Poller;
import io.playgrant.time.Schedule;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every second at what was changed in the database, for whoever keeps some of it in memory, and tells when that has not worked for
 * longer than memory may be trusted.
 */
public final class ChangePoller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChangePoller.class);

    private final String what;
    private final Runnable look;
    private final Duration trusted;
    private final LongSupplier nanoTime;

    /** A look that hangs is not waited for, nor is there another one beside it. */
    private final DatabaseBulkhead database = new DatabaseBulkhead(1);

    private final Poller poller;

    /** All changes before this time are known. */
    private volatile long followedTo;

    private boolean failing;

    /**
     * Starts to look. Memory counts as true now.
     *
     * @param what whose changes, in the plural
     * @param look sees to the changes since it was called last; throws {@link StorageException} if the database is out of reach. It is
     *     called by one thread at a time, not always the same
     * @param trusted how long memory is trusted after the begin of the last look that succeeded
     */
    public ChangePoller(String what, Runnable look, Duration trusted, Schedule schedule) {
        this(what, look, trusted, schedule, System::nanoTime);
    }

    /**
     * The same by another clock.
     *
     * @param nanoTime a clock that is never set, in nanoseconds
     */
    public ChangePoller(String what, Runnable look, Duration trusted, Schedule schedule, LongSupplier nanoTime) {
        this.what = what;
        this.look = look;
        this.trusted = trusted;
        this.nanoTime = nanoTime;
        this.followedTo = nanoTime.getAsLong();
        this.poller = schedule.start("changes of " + what, this::poll);
    }

    /**
     * Lets those pass who want to use what is in memory.
     *
     * @throws StorageException if changes have not been seen for too long
     */
    public void requireFollowed() {
        if (!isTrusted()) {
            throw new StorageException(whyNot());
        }
    }

    private boolean isTrusted() {
        return unseen() <= trusted.toNanos();
    }

    private String whyNot() {
        return "Changes of " + what + " have not been seen for "
                + Duration.ofNanos(unseen()).toSeconds() + " seconds";
    }

    private long unseen() {
        return nanoTime.getAsLong() - followedTo;
    }

    private void poll() {
        try {
            database.ask(this::follow);
            if (failing) {
                LOG.info("Changes of {} are seen again", what);
            }
            failing = false;
        } catch (StorageException e) {
            // That the database is away is told elsewhere; here, what comes of it after a while.
            if (!failing && !isTrusted()) {
                LOG.error("{}, so those in memory are not used any more. {}", whyNot(), e.getMessage());
                failing = true;
            }
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.error("Changes of {} are not seen", what, e);
            }
            failing = true;
        }
    }

    private long follow() {
        // What the database says may be as old as the question.
        long begin = nanoTime.getAsLong();
        look.run();
        followedTo = begin;
        return begin;
    }

    @Override
    public void close() {
        poller.close();
    }
}
