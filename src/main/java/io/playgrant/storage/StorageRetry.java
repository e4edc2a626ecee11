package io.playgrant.storage;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Repeats calls while the database is unreachable, until a deadline. For clients that take an outage of a few seconds for the end: they do
 * not repeat their requests.
 */
public final class StorageRetry {

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final LongSupplier nanoTime;
    private final long end;

    private StorageRetry(Duration limit, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.end = nanoTime.getAsLong() + limit.toNanos();
    }

    /** Retries for a limited time from now on. */
    public static StorageRetry within(Duration limit) {
        return new StorageRetry(limit, System::nanoTime);
    }

    /** One attempt only. */
    public static StorageRetry never() {
        return within(Duration.ZERO);
    }

    /**
     * Repeats a call until it succeeds or fails for another reason.
     *
     * @param work a call that may be repeated; throws {@link StorageException} if the database is unreachable
     * @throws StorageException if the database is still unreachable at the deadline, or has refused data because of their content
     * @throws WouldBlockException if the call must be repeated and the current thread must not wait
     */
    public <T> T call(Supplier<T> work) {
        while (true) {
            try {
                return work.get();
            } catch (StorageException e) {
                if (e.dataRefusal().isPresent() || end - nanoTime.getAsLong() < PAUSE.toNanos()) {
                    throw e;
                }
                NonBlockingThreads.refuseCurrent();
                LockSupport.parkNanos(PAUSE.toNanos());
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }
}
