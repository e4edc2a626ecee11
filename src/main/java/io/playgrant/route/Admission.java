package io.playgrant.route;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the requests that are in the house, and lets in only as many as there are workers and places to wait. A request that is still
 * being sent takes no place: a slow sender keeps nobody out.
 */
final class Admission {

    private final int workers;
    private final int places;
    private final AtomicInteger present = new AtomicInteger();
    private final AtomicInteger admitted = new AtomicInteger();
    private final LongAdder refused = new LongAdder();
    private volatile boolean closing;
    private volatile Runnable whenEmpty = () -> {};

    /**
     * An empty house.
     *
     * @param workers how many requests are served at the same time
     * @param waiting how many more may wait
     */
    Admission(int workers, int waiting) {
        this.workers = workers;
        this.places = workers + waiting;
    }

    /** A request has begun. */
    Visit arrive() {
        present.incrementAndGet();
        return new Visit();
    }

    /**
     * No more requests are to come after those that are there.
     *
     * @param action is run each time that none is left, on the thread that ended the last
     */
    void close(Runnable action) {
        whenEmpty = action;
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    /** Requests from their first line to the end of their answer. */
    int present() {
        return present.get();
    }

    /** Requests that are still being sent, or whose refusal is being written. */
    int arriving() {
        return Math.max(0, present.get() - admitted.get());
    }

    /** Requests that a worker is there for. */
    int inService() {
        return Math.min(workers, admitted.get());
    }

    /** Requests that were let in and wait for a worker. */
    int waiting() {
        return Math.max(0, admitted.get() - workers);
    }

    /** How many requests were refused for want of a place. */
    long refused() {
        return refused.sum();
    }

    /** One request, from its first line to the end of its answer. */
    final class Visit {

        private final AtomicBoolean ended = new AtomicBoolean();
        private boolean admitted;
        private long since;

        /** Takes a place for the request, if there is one. */
        boolean admit() {
            if (Admission.this.admitted.incrementAndGet() > places) {
                Admission.this.admitted.decrementAndGet();
                refused.increment();
                return false;
            }
            admitted = true;
            since = System.nanoTime();
            return true;
        }

        /** How long ago the request was let in. */
        long nanos() {
            return System.nanoTime() - since;
        }

        /** The request is over, however it ended; its place is free. What comes after the first call does nothing. */
        void end() {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            if (admitted) {
                Admission.this.admitted.decrementAndGet();
            }
            if (present.decrementAndGet() == 0 && closing) {
                whenEmpty.run();
            }
        }
    }
}
