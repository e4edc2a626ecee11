package io.playgrant.route;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How long to wait before a queue is read again after a failure: twice as long each time, until it succeeds. */
final class RetryDelays {

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final ConcurrentMap<String, Duration> delays = new ConcurrentHashMap<>();

    /** Notes a failure, and tells how long to wait. */
    Duration failed(String queue) {
        return delays.merge(queue, FIRST, (before, first) -> {
            Duration twice = before.multipliedBy(2);
            return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
        });
    }

    void succeeded(String queue) {
        delays.remove(queue);
    }
}
