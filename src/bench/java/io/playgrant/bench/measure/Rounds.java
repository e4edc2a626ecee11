package io.playgrant.bench.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Measures contenders in turns: in each round each of them once, in random order. A ratio is the median of the ratios within the rounds, so
 * that a machine that becomes slower meanwhile does not favour anyone.
 *
 * @param <M> a measurement
 */
public final class Rounds<M> {

    private final Map<String, List<M>> measured = new LinkedHashMap<>();

    private Rounds() {}

    /**
     * Measures.
     *
     * @param rounds how often
     * @param contenders what measures each of them once
     * @param random their order
     */
    public static <M> Rounds<M> run(int rounds, Map<String, Callable<M>> contenders, Random random) throws Exception {
        Rounds<M> all = new Rounds<>();
        contenders.keySet().forEach(name -> all.measured.put(name, new ArrayList<>()));
        List<String> order = new ArrayList<>(contenders.keySet());
        for (int round = 0; round < rounds; round++) {
            Collections.shuffle(order, random);
            for (String name : order) {
                all.of(name).add(call(contenders, name));
            }
        }
        return all;
    }

    private static <M> M call(Map<String, Callable<M>> contenders, String name) throws Exception {
        Callable<M> contender = contenders.get(name);
        if (contender == null) {
            throw new IllegalArgumentException(name);
        }
        return contender.call();
    }

    /** The measurements of a contender, by round. */
    public List<M> of(String name) {
        List<M> own = measured.get(name);
        if (own == null) {
            throw new IllegalArgumentException("nothing was measured of " + name);
        }
        return own;
    }

    /** The names of the contenders. */
    public List<String> names() {
        return List.copyOf(measured.keySet());
    }

    /** The median of a contender's values. */
    public double median(String name, ToDoubleFunction<M> value) {
        return Median.of(of(name).stream().map(value::applyAsDouble).toList());
    }

    /** The median ratio of two contenders' values. */
    public double ratio(String name, String other, ToDoubleFunction<M> value) {
        List<M> ones = of(name);
        List<M> others = of(other);
        return Median.of(IntStream.range(0, ones.size())
                .mapToObj(round -> value.applyAsDouble(ones.get(round)) / value.applyAsDouble(others.get(round)))
                .toList());
    }
}
