package io.playgrant.route.jms;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/**
 * How often this process has failed to answer a JMS message. The broker's own delivery count is no measure of that: it also counts each
 * delivery that was lost with its session or its process, whatever the message was.
 */
final class FailedAttempts {

    /** The keys are some 10 MB. A message that is forgotten begins again, and is stopped by its delivery count at last. */
    private static final int MOST_MESSAGES = 50_000;

    /** Since the last failure: long enough for the next delivery, and short enough for one that the operator sends again later. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final Cache<String, Integer> failures = Caffeine.newBuilder()
            .maximumSize(MOST_MESSAGES)
            .expireAfterWrite(REMEMBERED)
            .build();

    /** How often a message has failed. */
    int of(String message) {
        Integer known = failures.getIfPresent(message);
        return known == null ? 0 : known;
    }

    /** Counts a failure of a message. */
    void add(String message) {
        failures.asMap().merge(message, 1, Integer::sum);
    }
}
