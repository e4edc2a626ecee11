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

    /** How long requests wait. */
    public static final Duration LIMIT = Duration.ofSeconds(4);

    private static final int PLACES = 4;
    private static final Duration PATIENCE_FOR_A_PLACE = Duration.ofSeconds(2);
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

    private final Semaphore places;
    private final Duration limit;
    private volatile boolean failing;

    /** Four at a time, for as long as {@link #LIMIT}. */
    public DatabaseBulkhead() {
        this(PLACES);
    }

    /** So many at a time, 1 or more, for as long as {@link #LIMIT}. */
    public DatabaseBulkhead(int places) {
        this(places, LIMIT);
    }

    /**
     * So many at a time.
     *
     * @param places how many, 1 or more
     * @param limit how long anybody waits, for a place and for the answer together
     */
    public DatabaseBulkhead(int places, Duration limit) {
        this.places = new Semaphore(places);
        this.limit = limit;
    }

    /**
     * Asks what changes nothing, or what may be done although nobody hears of it any more.
     *
     * @throws StorageException if the database is out of reach, has not answered in time, or as many as may do so are asking it in vain
     *     already
     */
    public <T> T ask(Supplier<T> question) {
        return ask(question, late -> {});
    }

    /**
     * Asks for something that must not get lost.
     *
     * @param late gets an answer that comes when nobody waits for it any more, on the question's thread
     * @throws StorageException as {@link #ask(Supplier)}
     */
    public <T> T ask(Supplier<T> question, Consumer<T> late) {
        long end = System.nanoTime() + limit.toNanos();
        enter(end);
        Asked<T> asked = new Asked<>(question, late);
        try {
            POOL.execute(asked);
        } catch (RuntimeException | Error e) {
            places.release();
            throw e;
        }
        return asked.await(end);
    }

    private void enter(long end) {
        long patience = failing ? 0 : Math.min(PATIENCE_FOR_A_PLACE.toNanos(), end - System.nanoTime());
        boolean entered = false;
        try {
            entered = places.tryAcquire(patience, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!entered) {
            failing = true;
            throw new StorageException("The database does not answer: others wait for it already");
        }
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "database-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** A question that holds a place. */
    private final class Asked<T> implements Runnable {

        private final Supplier<T> question;
        private final Consumer<T> late;
        private final CompletableFuture<T> answer = new CompletableFuture<>();

        /** Set by whoever comes first: the answer, or the end of the patience with it. */
        private final AtomicBoolean over = new AtomicBoolean();

        Asked(Supplier<T> question, Consumer<T> late) {
            this.question = question;
            this.late = late;
        }

        @Override
        public void run() {
            T value;
            try {
                value = question.get();
            } catch (Throwable e) {
                if (e instanceof StorageException) {
                    failing = true;
                }
                leave(() -> answer.completeExceptionally(e), () -> LOG.debug("Nobody waits for this any more", e));
                return;
            }
            failing = false;
            leave(() -> answer.complete(value), () -> late.accept(value));
        }

        /** Does the one if somebody waits still, else the other; the place is given back in any case. */
        private void leave(Runnable inTime, Runnable tooLate) {
            if (over.compareAndSet(false, true)) {
                places.release();
                inTime.run();
                return;
            }
            try {
                tooLate.run();
            } finally {
                places.release();
            }
        }

        T await(long end) {
            boolean interrupted = false;
            try {
                answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException | TimeoutException e) {
                // Looked at below.
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (over.compareAndSet(false, true)) {
                failing = true;
                throw new StorageException("The database has not answered within " + limit.toSeconds() + " seconds");
            }
            return answered();
        }

        /** What was answered in time, or the failure as it was. */
        private T answered() {
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
