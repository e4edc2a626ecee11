package io.playgrant.bench.measure;

import java.util.Collection;

/** The middle of measurements, which single bad ones do not move. */
public final class Median {

    private Median() {}

    /** The median; with an even number of values the mean of the two in the middle, and without values no number. */
    public static double of(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
