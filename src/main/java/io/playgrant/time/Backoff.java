package io.playgrant.time;

import java.time.Duration;

/**
 * Delays between attempts: each is twice as long as the one before.
 *
 * @param first the delay after the first failure
 * @param longest no delay is longer
 */
public record Backoff(Duration first, Duration longest) {

    /** More would overflow, and reach any longest delay long before. */
    private static final int MOST_DOUBLINGS = 20;

    /**
     * How long to wait before the next attempt.
     *
     * @param failures how many attempts have failed, one after the other
     * @return nothing if none has
     */
    public Duration delay(int failures) {
        if (failures == 0) {
            return Duration.ZERO;
        }
        Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
