package io.playgrant.time;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Work that a {@link Schedule} repeats, a second after it has ended, until it is closed. */
public final class Poller implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Schedule schedule;
    private final String name;
    private final Runnable task;

    /** Held while the task runs, and for ever once the poller is closed. */
    private final Semaphore turn = new Semaphore(1);

    private volatile boolean closed;

    Poller(Schedule schedule, String name, Runnable task) {
        this.schedule = schedule;
        this.name = name;
        this.task = task;
    }

    void run() {
        if (closed || !turn.tryAcquire()) {
            return;
        }
        Thread thread = Thread.currentThread();
        String before = thread.getName();
        thread.setName(name);
        try {
            task.run();
        } finally {
            turn.release();
        }
        // Not after a failure, which ends the thread and is reported under this name.
        thread.setName(before);
        schedule.runInASecond(this);
    }

    /** Stops the repetition. Waits for work that is under way, for five seconds at most. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            boolean ignored = turn.tryAcquire(CLOSE_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
