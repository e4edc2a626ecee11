package io.playgrant.route.jms;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/**
 * Counts the failed attempts of this process to answer a JMS message. The broker's delivery count also includes deliveries that were lost
 * with their session or process, whatever the message was.
 */
final class FailedAttempts {

    /** About 10 MB of keys. The count of a message that is evicted starts again; in the end the delivery count stops the message. */
    private static final int MOST_MESSAGES = 50_000;

    /** Since the last failure: long enough for the next delivery, and short enough for a message that the operator sends again later. */
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
