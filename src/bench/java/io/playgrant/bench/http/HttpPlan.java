package io.playgrant.bench.http;

import java.time.Duration;

/**
 * How long is measured.
 *
 * @param warmUp for the base, before anything is measured
 * @param rounds for the base
 * @param slice one measurement of the base
 * @param variantWarmUp for each variant, before anything is measured
 * @param variantRounds for each variant
 * @param variantSlice one measurement of a variant
 * @param halfLoadRounds for the latency at half load
 * @param halfLoadTime one measurement of the latency at half load
 */
record HttpPlan(
        Duration warmUp,
        int rounds,
        Duration slice,
        Duration variantWarmUp,
        int variantRounds,
        Duration variantSlice,
        int halfLoadRounds,
        Duration halfLoadTime) {

    /** About 12 minutes. Until the optimizing compiler has done most of its work, Playgrant, with the most code, seems slower than it is. */
    static final HttpPlan USUAL = new HttpPlan(seconds(25), 7, seconds(4), seconds(8), 3, seconds(3), 3, seconds(6));

    /** About two minutes, enough to see that all works. */
    static final HttpPlan QUICK = new HttpPlan(seconds(3), 3, seconds(2), seconds(1), 1, seconds(1), 1, seconds(3));

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
