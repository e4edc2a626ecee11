package io.playgrant.route.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the requests that are in the house, and lets in only as many as there are workers and places to wait. A request that is still
 * being sent takes no place: a slow sender keeps nobody out. Neither does a stream, which asks for a worker only now and then; of those
 * there are half as many as workers at most.
 */
final class Admission {

    private final int workers;
    private final int places;
    private final int mostStreams;
    private final AtomicInteger present = new AtomicInteger();
    private final AtomicInteger admitted = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private final Map<Long, Integer> streamsOf = new HashMap<>();
    private final Set<Runnable> farewells = ConcurrentHashMap.newKeySet();
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
        this.mostStreams = Math.max(1, workers / 2);
    }

    /** A request has begun. */
    RequestSlot arrive() {
        present.incrementAndGet();
        return new RequestSlot();
    }

    /**
     * No more requests are to come after those that are there.
     *
     * @param action is run each time that none is left, on the thread that ended the last
     */
    void close(Runnable action) {
        whenEmpty = action;
        closing = true;
        farewells.forEach(Runnable::run);
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
        return Math.max(0, present.get() - admitted.get() - streams.get());
    }

    /** Streams that are open. */
    int streams() {
        return streams.get();
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

    private boolean takeStream(long account) {
        synchronized (streamsOf) {
            int own = streamsOf.getOrDefault(account, 0);
            if (mostStreams - streams.get() <= own) {
                return false;
            }
            streamsOf.put(account, own + 1);
            streams.incrementAndGet();
            return true;
        }
    }

    private void giveStream(long account) {
        synchronized (streamsOf) {
            streamsOf.computeIfPresent(account, (number, own) -> own == 1 ? null : own - 1);
            streams.decrementAndGet();
        }
    }

    /** One request, from its first line to the end of its answer. */
    public final class RequestSlot {

        private final AtomicBoolean ended = new AtomicBoolean();
        private boolean admitted;
        private boolean streaming;
        private long owner;
        private Runnable farewell = () -> {};
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

        /**
         * Gives the request's place back for one among the streams, if there is one. An account that has some leaves as many free for
         * others, and none keeps all.
         */
        public boolean becomeStream(long account) {
            if (!takeStream(account)) {
                return false;
            }
            streaming = true;
            owner = account;
            admitted = false;
            Admission.this.admitted.decrementAndGet();
            return true;
        }

        boolean isStream() {
            return streaming;
        }

        /** Has an action run once no more requests are to come, on any thread, perhaps twice. */
        public void whenClosing(Runnable action) {
            farewell = action;
            farewells.add(action);
            if (closing) {
                action.run();
            }
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
            if (streaming) {
                giveStream(owner);
            }
            farewells.remove(farewell);
            if (present.decrementAndGet() == 0 && closing) {
                whenEmpty.run();
            }
        }
    }
}
