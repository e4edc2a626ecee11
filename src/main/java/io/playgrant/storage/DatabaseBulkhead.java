package io.playgrant.storage;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bulkhead around the database: limits concurrent calls and how long a caller waits, so that a database that hangs does not hold the
 * workers. Most requests do not need it.
 *
 * <p>Calls run on threads of their own, which wait as long as the driver does and are never interrupted: that would close a database in
 * this process. A permit is held until the call really ends, even after its caller gave up.
 */
public final class DatabaseBulkhead {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseBulkhead.class);

    /** How long requests wait for the database. */
    public static final Duration LIMIT = Duration.ofSeconds(4);

    private static final int PERMITS = 4;
    private static final Duration PERMIT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final AtomicInteger THREADS = new AtomicInteger();

    /** Shared by all bulkheads: a thread that hangs is never waited for, since the pool grows; permits limit how many there are. */
    private static final ExecutorService POOL = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new SynchronousQueue<>(),
            DatabaseBulkhead::newThread);

    private final Semaphore permits;
    private final Duration limit;
    private volatile boolean failing;

    /** A bulkhead for four calls at a time, which wait at most {@link #LIMIT}. */
    public DatabaseBulkhead() {
        this(PERMITS);
    }

    /** A bulkhead for a number of calls at a time, at least 1, which wait at most {@link #LIMIT}. */
    public DatabaseBulkhead(int permits) {
        this(permits, LIMIT);
    }

    /**
     * A bulkhead.
     *
     * @param permits the number of concurrent calls, at least 1
     * @param limit how long a caller waits, for a permit and for the answer together
     */
    public DatabaseBulkhead(int permits, Duration limit) {
        this.permits = new Semaphore(permits);
        this.limit = limit;
    }

    /**
     * Runs a call that changes nothing, or that may be carried out even if its caller has given up.
     *
     * @throws StorageException if the database is unreachable or has not answered in time, or if all permits are held by calls that hang
     * @throws WouldBlockException if the current thread must not wait
     */
    public <T> T call(Supplier<T> work) {
        return call(work, late -> {});
    }

    /**
     * Runs a call whose result must not get lost.
     *
     * @param late receives a result that arrives after the caller has given up, on the thread of the call
     * @throws StorageException as {@link #call(Supplier)}
     */
    public <T> T call(Supplier<T> work, Consumer<T> late) {
        NonBlockingThreads.refuseCurrent();
        long end = System.nanoTime() + limit.toNanos();
        acquirePermit(end);
        Call<T> call = new Call<>(work, late);
        try {
            POOL.execute(call);
        } catch (RuntimeException | Error e) {
            permits.release();
            throw e;
        }
        return call.await(end);
    }

    private void acquirePermit(long end) {
        long timeout = failing ? 0 : Math.min(PERMIT_TIMEOUT.toNanos(), end - System.nanoTime());
        boolean acquired = false;
        try {
            acquired = permits.tryAcquire(timeout, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!acquired) {
            failing = true;
            throw new StorageException("The database does not answer: other calls already wait for it");
        }
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "database-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** A call that holds a permit. */
    private final class Call<T> implements Runnable {

        private final Supplier<T> work;
        private final Consumer<T> late;
        private final CompletableFuture<T> answer = new CompletableFuture<>();

        /** Set by the result or by the timeout, whichever comes first. */
        private final AtomicBoolean settled = new AtomicBoolean();

        Call(Supplier<T> work, Consumer<T> late) {
            this.work = work;
            this.late = late;
        }

        @Override
        public void run() {
            T value;
            try {
                value = work.get();
            } catch (Throwable e) {
                if (e instanceof StorageException) {
                    failing = true;
                }
                finish(
                        () -> answer.completeExceptionally(e),
                        () -> LOG.debug("A call failed after its caller had given up", e));
                return;
            }
            failing = false;
            finish(() -> answer.complete(value), () -> late.accept(value));
        }

        /** Runs the first action if the caller still waits, otherwise the second. Releases the permit in either case. */
        private void finish(Runnable inTime, Runnable tooLate) {
            if (settled.compareAndSet(false, true)) {
                permits.release();
                inTime.run();
                return;
            }
            try {
                tooLate.run();
            } finally {
                permits.release();
            }
        }

        T await(long end) {
            boolean interrupted = false;
            try {
                answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException | TimeoutException e) {
                // Handled below.
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (settled.compareAndSet(false, true)) {
                failing = true;
                throw new StorageException("The database has not answered within " + limit.toSeconds() + " seconds");
            }
            return result();
        }

        /** The result, or the original exception. */
        private T result() {
            try {
                return answer.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw e;
            }
        }
    }
}
