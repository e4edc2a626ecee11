package io.playgrant.route.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Admission control: counts the open requests, and admits only as many as there are workers and places in the waiting line. A request that
 * is still being received takes no place, so that a slow client keeps no other out. Neither does a stream, which needs a worker only now
 * and then; the number of open streams is limited to half the number of workers.
 */
final class Admission {

    private final int workers;
    private final int places;
    private final int mostLimited;
    private final int mostStreams;

    /** The open requests of each event loop: one number for all would be passed from processor to processor. */
    private final List<AtomicInteger> present = new CopyOnWriteArrayList<>();

    private final ThreadLocal<AtomicInteger> ownCounter = ThreadLocal.withInitial(this::newCounter);
    private final AtomicInteger admitted = new AtomicInteger();

    /** The admitted requests that may hold half of the places at most. */
    private final AtomicInteger limited = new AtomicInteger();

    private final AtomicInteger streams = new AtomicInteger();
    private final Map<Long, Integer> streamsOf = new HashMap<>();
    private final Set<Runnable> closeListeners = ConcurrentHashMap.newKeySet();
    private final LongAdder refused = new LongAdder();
    private volatile boolean closing;
    private volatile Runnable whenIdle = () -> {};

    /**
     * Admission without open requests.
     *
     * @param workers how many requests can wait for the database at the same time
     * @param waiting how many more may wait for a worker
     */
    Admission(int workers, int waiting) {
        this.workers = workers;
        this.places = workers + waiting;
        this.mostLimited = Math.max(1, places / 2);
        this.mostStreams = Math.max(1, workers / 2);
    }

    /** Counts a request whose first line has come. */
    RequestSlot arrive() {
        AtomicInteger counter = ownCounter.get();
        counter.incrementAndGet();
        return new RequestSlot(counter);
    }

    private AtomicInteger newCounter() {
        AtomicInteger count = new AtomicInteger();
        present.add(count);
        return count;
    }

    /**
     * Announces that the server ends after the requests that are open.
     *
     * @param action runs each time that no request is left
     */
    void close(Runnable action) {
        whenIdle = action;
        closing = true;
        closeListeners.forEach(Runnable::run);
    }

    boolean isClosing() {
        return closing;
    }

    /** The number of open requests, from their first line to the end of their answer. */
    int present() {
        int all = 0;
        for (AtomicInteger count : present) {
            all += count.get();
        }
        return all;
    }

    /** The number of requests that are being received, or whose refusal is being written. */
    int arriving() {
        return Math.max(0, present() - admitted.get() - streams.get());
    }

    /** The number of open streams. */
    int streams() {
        return streams.get();
    }

    /** The number of admitted requests, up to the number of workers. */
    int inService() {
        return Math.min(workers, admitted.get());
    }

    /** The number of admitted requests beyond the number of workers. */
    int waiting() {
        return Math.max(0, admitted.get() - workers);
    }

    /** The number of admitted requests to endpoints that may hold half of the places at most. */
    int limited() {
        return limited.get();
    }

    /** How many requests were refused because no place was free. */
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

        private final AtomicInteger counter;
        private final AtomicBoolean ended = new AtomicBoolean();
        private boolean admitted;
        private boolean limited;
        private boolean streaming;
        private long owner;
        private Runnable closeListener = () -> {};
        private long since;

        private RequestSlot(AtomicInteger counter) {
            this.counter = counter;
        }

        /** Takes a place for the request, if one is free. */
        boolean admit() {
            return admit(false);
        }

        /**
         * Takes a place for the request, if one is free.
         *
         * @param isLimited whether it is one of those that together hold half of the places at most
         */
        boolean admit(boolean isLimited) {
            if (isLimited && Admission.this.limited.incrementAndGet() > mostLimited) {
                Admission.this.limited.decrementAndGet();
                refused.increment();
                return false;
            }
            limited = isLimited;
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
         * Exchanges the request's place for one among the streams, if one is free. An account that has open streams leaves at least as many
         * places free for others.
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

        /** Registers an action to run when the server ends. It may run on any thread, and twice. */
        public void whenClosing(Runnable action) {
            closeListener = action;
            closeListeners.add(action);
            if (closing) {
                action.run();
            }
        }

        /** The nanoseconds since the request was admitted. */
        long nanos() {
            return System.nanoTime() - since;
        }

        /** Ends the request, whatever its answer was, and frees its place. Further calls do nothing. */
        void end() {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            if (admitted) {
                Admission.this.admitted.decrementAndGet();
            }
            if (limited) {
                Admission.this.limited.decrementAndGet();
            }
            if (streaming) {
                giveStream(owner);
            }
            closeListeners.remove(closeListener);
            if (counter.decrementAndGet() == 0 && closing && present() == 0) {
                whenIdle.run();
            }
        }
    }
}
