package io.playgrant.route.kafka;

import io.playgrant.time.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The pause before a queue is read again after a failure: twice as long each time, until it succeeds. */
final class RetryDelays {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));

    /** A shorter series of failures is not reported as a problem. */
    private static final Duration LASTING = Duration.ofSeconds(5);

    /** A queue that has not failed for so long is read by another node now. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(5);

    private final Clock clock;
    private final ConcurrentMap<String, Series> failing = new ConcurrentHashMap<>();

    RetryDelays(Clock clock) {
        this.clock = clock;
    }

    /**
     * Failures of a queue, without a success between them.
     *
     * @param count how many there were
     * @param since when the first was
     * @param last when the last was
     * @param reason the last one's, without secrets
     */
    record Series(int count, Instant since, Instant last, String reason) {

        /** How long to wait after the last. */
        Duration delay() {
            return BACKOFF.delay(count);
        }

        /** Whether there was only one failure. */
        boolean isNew() {
            return count == 1;
        }
    }

    /**
     * Counts a failure; the series says how long to wait.
     *
     * @param reason without secrets
     */
    Series failed(String queue, String reason) {
        Instant now = clock.instant();
        return failing.merge(
                queue,
                new Series(1, now, now, reason),
                (before, one) -> new Series(before.count() + 1, before.since(), now, reason));
    }

    void succeeded(String queue) {
        failing.remove(queue);
    }

    /** The problem that has kept a queue from being answered for some time, if there is one. */
    Optional<String> problem() {
        Instant now = clock.instant();
        return failing.entrySet().stream()
                .filter(one -> Duration.between(one.getValue().last(), now).compareTo(FORGOTTEN) < 0)
                .filter(one -> Duration.between(one.getValue().since(), now).compareTo(LASTING) >= 0)
                .min(Comparator.comparing(one -> one.getValue().since()))
                .map(RetryDelays::described);
    }

    private static String described(Map.Entry<String, Series> failing) {
        return failing.getKey() + " has failed since " + failing.getValue().since() + ": "
                + failing.getValue().reason();
    }
}
