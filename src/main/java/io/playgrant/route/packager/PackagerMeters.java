package io.playgrant.route.packager;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** Counts the answers to packagers, by dialect. All meters are registered at zero. */
final class PackagerMeters {

    private final Map<Dialect, Counter> answers = new EnumMap<>(Dialect.class);
    private final Map<Dialect, Counter> refusals = new EnumMap<>(Dialect.class);
    private final Map<Dialect, Counter> keys = new EnumMap<>(Dialect.class);

    PackagerMeters(MeterRegistry registry) {
        for (Dialect dialect : Dialect.values()) {
            answers.put(dialect, requests(dialect, "answered", registry));
            refusals.put(dialect, requests(dialect, "refused", registry));
            keys.put(
                    dialect,
                    Counter.builder("playgrant.packager.keys")
                            .description("Content keys given to packagers")
                            .tag("dialect", dialect.label())
                            .register(registry));
        }
    }

    private static Counter requests(Dialect dialect, String outcome, MeterRegistry registry) {
        return Counter.builder("playgrant.packager.requests")
                .description("Answers to packagers; refused: in the words of the dialect")
                .tag("dialect", dialect.label())
                .tag("outcome", outcome)
                .register(registry);
    }

    /** Counts an answer, and the keys in it. */
    void count(PackagerCall call) {
        count(call.isRefused() ? refusals : answers, call, 1);
        count(keys, call, call.keys().size());
    }

    private static void count(Map<Dialect, Counter> counters, PackagerCall call, int more) {
        Counter counter = call.dialect() == null ? null : counters.get(call.dialect());
        if (counter != null) {
            counter.increment(more);
        }
    }
}
