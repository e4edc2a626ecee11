package io.playgrant.observe;

import io.playgrant.storage.DatabaseBulkhead;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Poller;
import io.playgrant.time.Schedule;
import io.playgrant.usage.RequestTimes;
import io.playgrant.usage.RequestTimes.Bucket;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds the request times of this node to the database after every minute, and the rest when it is closed. While the database is
 * unreachable, the last hour waits.
 */
final class RequestTimeRecorder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RequestTimeRecorder.class);
    private static final int MOST_WAITING_MINUTES = 60;

    private final Metrics metrics;
    private final Consumer<List<Bucket>> times;
    private final Clock clock;
    private final Poller poller;

    private final Deque<List<Bucket>> waiting = new ArrayDeque<>();
    private Instant minute;
    private boolean failing;

    RequestTimeRecorder(Metrics metrics, RequestTimes times, Clock clock, Schedule schedule) {
        this(metrics, times::add, clock, schedule);
    }

    RequestTimeRecorder(Metrics metrics, Consumer<List<Bucket>> times, Clock clock, Schedule schedule) {
        this.metrics = metrics;
        this.times = times;
        this.clock = clock;
        this.minute = now();
        this.poller = schedule.start("request-times", this::poll);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MINUTES);
    }

    /** Collects the requests of a minute that has ended, and writes all that waits. */
    synchronized void poll() {
        Instant now = now();
        if (!now.equals(minute)) {
            collect();
            minute = now;
        }
        write();
    }

    /** Requests since the last minute ended count for this minute, although up to a second may be of the next one. */
    private void collect() {
        List<Bucket> buckets = new ArrayList<>();
        metrics.requestMeters()
                .forEach((source, meters) -> meters.collectTimes()
                        .forEach((bucket, requests) -> buckets.add(new Bucket(source, minute, bucket, requests))));
        if (buckets.isEmpty()) {
            return;
        }
        if (waiting.size() == MOST_WAITING_MINUTES) {
            waiting.removeFirst();
        }
        waiting.addLast(buckets);
    }

    private void write() {
        try {
            while (!waiting.isEmpty()) {
                times.accept(waiting.getFirst());
                waiting.removeFirst();
            }
            failing = false;
        } catch (StorageException e) {
            if (!failing) {
                LOG.warn("The request times of this server cannot be written now and wait. {}", e.getMessage());
            }
            failing = true;
        }
    }

    @Override
    public void close() {
        poller.close();
        try {
            new DatabaseBulkhead(1).call(this::writeRest);
        } catch (StorageException e) {
            LOG.warn("The last request times of this server are lost. {}", e.getMessage());
        }
    }

    private synchronized Instant writeRest() {
        collect();
        write();
        return minute;
    }
}
