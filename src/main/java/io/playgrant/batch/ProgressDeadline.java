package io.playgrant.batch;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long a source of tokens may do nothing for a whole run, whichever threads ask it. Any number of them may use it at the same time. */
public final class ProgressDeadline {

    private final long limit;
    private final LongSupplier nanoTime;
    private volatile long last;

    /**
     * Patience from now on.
     *
     * @param limit how long the source may do nothing
     */
    public ProgressDeadline(Duration limit) {
        this(limit, System::nanoTime);
    }

    ProgressDeadline(Duration limit, LongSupplier nanoTime) {
        this.limit = limit.toNanos();
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** The source did something. */
    public void renew() {
        last = now();
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** Whether the source did nothing for too long since then, a moment by {@link #now()}. */
    boolean isOverSince(long begun) {
        long now = now();
        return now - begun >= limit && now - last >= limit;
    }
}
