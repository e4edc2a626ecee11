package io.playgrant.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The numbers of requests of a period by the time that they took. */
final class BucketCounts {

    /** In microseconds. */
    private static final NavigableSet<Long> BOUNDS = RequestTimes.BUCKETS.stream()
            .map(bound -> bound.toNanos() / 1_000)
            .collect(Collectors.toCollection(TreeSet::new));

    /** By the largest time, in microseconds; {@link Long#MAX_VALUE} if there is no limit. */
    private final NavigableMap<Long, Long> buckets = new TreeMap<>();

    void add(long bucket, long requests) {
        buckets.merge(bucket == RequestTimes.SLOWEST ? Long.MAX_VALUE : bucket, requests, Long::sum);
    }

    RequestTime times(Instant start) {
        long requests = buckets.values().stream().mapToLong(Long::longValue).sum();
        return new RequestTime(start, requests, quantile(requests, 0.5), quantile(requests, 0.99));
    }

    private Duration quantile(long requests, double share) {
        double rank = share * requests;
        long below = 0;
        for (Map.Entry<Long, Long> bucket : buckets.entrySet()) {
            if (below + bucket.getValue() >= rank) {
                return micros(within(bucket.getKey(), (rank - below) / bucket.getValue()));
            }
            below += bucket.getValue();
        }
        return Duration.ZERO;
    }

    /** The time at a share of a bucket, which begins where the next smaller one ends. */
    private static double within(long largest, double share) {
        Long smaller = BOUNDS.lower(largest);
        long smallest = smaller == null ? 0 : smaller;
        return largest == Long.MAX_VALUE ? smallest : smallest + share * (largest - smallest);
    }

    private static Duration micros(double micros) {
        return Duration.ofNanos(Math.round(micros * 1_000));
    }
}
