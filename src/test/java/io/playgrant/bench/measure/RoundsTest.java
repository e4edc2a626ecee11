package io.playgrant.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private final List<String> order = new ArrayList<>();

    @Test
    void run_measuresEachOncePerRound() throws Exception {
        Rounds<Double> rounds = run(List.of(1.0, 2.0, 3.0), List.of(4.0, 5.0, 6.0));
        assertThat(rounds.of("one")).containsExactly(1.0, 2.0, 3.0);
        assertThat(rounds.of("other")).containsExactly(4.0, 5.0, 6.0);
        for (int round = 0; round < 3; round++) {
            assertThat(order.subList(2 * round, 2 * round + 2)).containsExactlyInAnyOrder("one", "other");
        }
    }

    @Test
    void ratio_isTheMedianOfTheRatiosWithinRounds() throws Exception {
        // The machine is ten times as slow in the second round, for both.
        Rounds<Double> rounds = run(List.of(100.0, 10.0, 90.0), List.of(200.0, 20.0, 100.0));
        assertThat(rounds.ratio("one", "other", value -> value)).isEqualTo(0.5);
        assertThat(rounds.median("one", value -> value)).isEqualTo(90.0);
    }

    private Rounds<Double> run(List<Double> ones, List<Double> others) throws Exception {
        Map<String, Callable<Double>> contenders = new LinkedHashMap<>();
        contenders.put("one", measuring("one", ones.iterator()));
        contenders.put("other", measuring("other", others.iterator()));
        return Rounds.run(ones.size(), contenders, new Random(1));
    }

    private Callable<Double> measuring(String name, Iterator<Double> values) {
        return () -> {
            order.add(name);
            return values.next();
        };
    }
}
