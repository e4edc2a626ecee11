package io.playgrant.bench.soak;

import io.playgrant.bench.measure.Median;
import io.playgrant.bench.report.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Whether what a server holds at rest stays the same: the median of the last third of samples against that of the first third.
 *
 * @param name what it is
 * @param first the median of the first third
 * @param last the median of the last third
 * @param most the largest last median that is no growth
 */
record Flatness(String name, double first, double last, double most) {

    /** Caches fill, and a heap is not the same after each collection. */
    private static final double HEAP_FACTOR = 1.1;

    private static final double HEAP_MEGABYTES = 8;

    /** Pools of threads and connections grow on demand, up to a few. */
    private static final double FEW = 6;

    /** Compares all figures of samples; nothing if there is none. */
    static List<Flatness> of(List<RestSample> samples) {
        List<Flatness> all = new ArrayList<>();
        if (samples.isEmpty()) {
            return all;
        }
        all.add(of("heap, MB", samples, RestSample::heap, HEAP_FACTOR, HEAP_MEGABYTES));
        all.add(of("threads", samples, RestSample::threads, 1, FEW));
        all.add(of("sockets", samples, RestSample::sockets, 1, FEW));
        all.add(of("open files", samples, RestSample::files, 1, FEW));
        return all;
    }

    private static Flatness of(
            String name, List<RestSample> samples, ToDoubleFunction<RestSample> value, double factor, double more) {
        int third = Math.max(1, samples.size() / 3);
        double first = median(samples.subList(0, third), value);
        double last = median(samples.subList(samples.size() - third, samples.size()), value);
        return new Flatness(name, first, last, first * factor + more);
    }

    private static double median(List<RestSample> samples, ToDoubleFunction<RestSample> value) {
        return Median.of(samples.stream().map(value::applyAsDouble).toList());
    }

    boolean isFlat() {
        return last <= most;
    }

    /** The growth as a sentence. */
    String problem() {
        return name + " grew from " + Numbers.of(first) + " to " + Numbers.of(last) + ", " + Numbers.of(most)
                + " would be no growth";
    }
}
