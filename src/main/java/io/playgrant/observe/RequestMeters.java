package io.playgrant.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.playgrant.error.ErrorCode;
import io.playgrant.usage.RequestTimes;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Counts and times the requests of one transport. All meters are registered in advance, at zero. */
public final class RequestMeters {

    private static final String SUCCESS = "0";

    private final Timer timer;

    /** The timed requests by bucket that were collected. */
    private final Map<Long, Long> collected = new HashMap<>();

    private final Counter successes;
    private final Map<ErrorCode, Counter> refusals = new EnumMap<>(ErrorCode.class);

    RequestMeters(MeterRegistry registry, String source) {
        timer = Timer.builder("playgrant.request")
                .description("From the end of a request to its answer, waiting for a worker included")
                .tag("source", source)
                .serviceLevelObjectives(RequestTimes.BUCKETS.toArray(Duration[]::new))
                .register(registry);
        successes = counter(registry, source, SUCCESS);
        for (ErrorCode code : ErrorCode.values()) {
            refusals.put(code, counter(registry, source, Integer.toString(code.number())));
        }
    }

    /** Counts a successful request. */
    public void succeeded() {
        successes.increment();
    }

    /** Counts a refused request. */
    public void refused(ErrorCode code) {
        Counter counter = refusals.get(code);
        if (counter != null) {
            counter.increment();
        }
    }

    /** Records the duration of an admitted request, refused or not. */
    public void took(long nanos) {
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * The requests that were timed since the last call. One thread at a time may call this.
     *
     * @return the number of requests by bucket, see {@link RequestTimes.Bucket}, without empty buckets
     */
    Map<Long, Long> collectTimes() {
        Map<Long, Long> all = new HashMap<>();
        HistogramSnapshot snapshot = timer.takeSnapshot();
        long below = 0;
        for (CountAtBucket bucket : snapshot.histogramCounts()) {
            // The count is that of all requests which took at most this time.
            long count = Math.round(bucket.count());
            all.put(Math.round(bucket.bucket(TimeUnit.MICROSECONDS)), count - below);
            below = count;
        }
        all.put(RequestTimes.SLOWEST, Math.max(0, snapshot.count() - below));
        Map<Long, Long> since = new HashMap<>();
        all.forEach((bucket, count) -> {
            long added = count - collected.getOrDefault(bucket, 0L);
            if (added > 0) {
                since.put(bucket, added);
                collected.put(bucket, count);
            }
        });
        return since;
    }

    private static Counter counter(MeterRegistry registry, String source, String code) {
        return Counter.builder("playgrant.requests")
                .description("Requests by the code of their answer; 0 is success")
                .tag("source", source)
                .tag("code", code)
                .register(registry);
    }
}
