package io.playgrant.time;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Work that a {@link Schedule} repeats, a second after it has ended, until it is closed. */
public final class Poller implements AutoCloseable {

    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Schedule schedule;
    private final String name;
    private final Runnable look;

    /** Held while looking, and for ever by whoever has closed this. */
    private final Semaphore turn = new Semaphore(1);

    private volatile boolean closed;

    Poller(Schedule schedule, String name, Runnable look) {
        this.schedule = schedule;
        this.name = name;
        this.look = look;
    }

    void run() {
        if (closed || !turn.tryAcquire()) {
            return;
        }
        Thread thread = Thread.currentThread();
        String before = thread.getName();
        thread.setName(name);
        try {
            look.run();
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
            boolean ignored = turn.tryAcquire(FAREWELL.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
