package io.playgrant.console.http;

import java.time.Duration;

/**
 * What the console may use at most.
 *
 * @param threads the number of requests that are worked on at the same time
 * @param waiting the number of requests that may wait for a thread
 * @param forBody how long the body of a request may take to arrive
 */
public record ConsoleLimits(int threads, int waiting, Duration forBody) {

    /** Those of a server. */
    public static final ConsoleLimits DEFAULT = new ConsoleLimits(4, 64, Duration.ofSeconds(10));
}
