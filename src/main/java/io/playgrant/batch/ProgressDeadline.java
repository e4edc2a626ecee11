package io.playgrant.batch;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The time in which a source of tokens must make progress, for all threads of a run together. Thread-safe. */
public final class ProgressDeadline {

    private final long limit;
    private final LongSupplier nanoTime;
    private volatile long last;

    /**
     * A deadline that starts now.
     *
     * @param limit how long the source may make no progress
     */
    public ProgressDeadline(Duration limit) {
        this(limit, System::nanoTime);
    }

    ProgressDeadline(Duration limit, LongSupplier nanoTime) {
        this.limit = limit.toNanos();
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** Notes that the source has made progress. */
    public void renew() {
        last = now();
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** Whether the source has made no progress for too long since a time of {@link #now()}. */
    boolean isOverSince(long begun) {
        long now = now();
        return now - begun >= limit && now - last >= limit;
    }
}
