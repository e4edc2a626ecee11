package io.playgrant.usage;

import java.time.Duration;
import java.time.Instant;

/**
 * The times of the requests of a period, over all nodes. Estimated, because requests are counted in buckets: within one, they are taken
 * for evenly distributed.
 *
 * @param start the beginning of the period
 * @param requests the number of requests, at least one
 * @param p50 the time that half of the requests did not exceed
 * @param p99 the time that 99 % of the requests did not exceed; at most the largest bucket, 10 seconds
 */
public record RequestTime(Instant start, long requests, Duration p50, Duration p99) {}
