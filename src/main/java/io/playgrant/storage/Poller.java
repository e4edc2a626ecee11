package io.playgrant.storage;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks at something again and again, on a thread of its own, until it is closed. */
public final class Poller implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Poller(String name, Runnable look) {
        thread = new Thread(() -> run(look), name);
        thread.setDaemon(true);
    }

    /**
     * Starts to look, every second.
     *
     * @param name the thread's name
     * @param look must tell about its own failures; one that it does not catch is the thread's end and goes to the thread's handler
     */
    public static Poller start(String name, Runnable look) {
        Poller poller = new Poller(name, look);
        poller.thread.start();
        return poller;
    }

    private void run(Runnable look) {
        try {
            while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                look.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the looking; waits for what is under way, but not for ever. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(FAREWELL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
