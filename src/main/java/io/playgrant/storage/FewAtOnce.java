package io.playgrant.storage;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets few requests at a time ask the database, and none wait once it has failed: a database that hangs must not hold all workers,
 * since most requests do not need it.
 */
public final class FewAtOnce {

    private static final int PLACES = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Semaphore places = new Semaphore(PLACES);
    private volatile boolean failing;

    /**
     * Asks.
     *
     * @throws StorageException if the database is out of reach, or as many as may do so are asking it in vain already
     */
    public <T> T ask(Supplier<T> question) {
        enter();
        try {
            T answer = question.get();
            failing = false;
            return answer;
        } catch (StorageException e) {
            failing = true;
            throw e;
        } finally {
            places.release();
        }
    }

    private void enter() {
        boolean entered = false;
        try {
            entered = failing ? places.tryAcquire() : places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!entered) {
            failing = true;
            throw new StorageException("The database does not answer: others wait for it already");
        }
    }
}
