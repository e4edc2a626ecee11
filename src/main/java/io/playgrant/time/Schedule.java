package io.playgrant.time;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs all pollers of a process. A timer thread only hands their work to a pool that grows when it must: work that hangs holds one thread
 * and delays no other poller.
 */
public final class Schedule implements AutoCloseable {

    private final AtomicInteger threads = new AtomicInteger();

    /** Work that ends after this was closed may ask to be repeated. */
    private final ScheduledExecutorService timer =
            new ScheduledThreadPoolExecutor(1, work -> daemon(work, "poller-timer"), new DiscardPolicy());

    private final ExecutorService workers =
            Executors.newCachedThreadPool(work -> daemon(work, "poller-" + threads.incrementAndGet()));

    /**
     * Repeats work until the poller or this is closed. It begins in a second.
     *
     * @param name the name of the thread while it does this work
     * @param task must report its own failures; one that it does not catch goes to the thread's handler and ends the repetition
     */
    public Poller start(String name, Runnable task) {
        Poller poller = new Poller(this, name, task);
        runInASecond(poller);
        return poller;
    }

    void runInASecond(Poller poller) {
        Future<?> unused = timer.schedule(() -> workers.execute(poller::run), 1, TimeUnit.SECONDS);
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Starts no more work, and does not interrupt work that is under way. */
    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdown();
    }
}
