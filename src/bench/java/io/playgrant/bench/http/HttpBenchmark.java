package io.playgrant.bench.http;

import static io.playgrant.bench.http.Contenders.BARE;
import static io.playgrant.bench.http.Contenders.HAND_WRITTEN;
import static io.playgrant.bench.http.Contenders.PLAYGRANT;

import io.playgrant.bench.Benchmark;
import io.playgrant.bench.Options;
import io.playgrant.bench.measure.Rounds;
import io.playgrant.bench.measure.Slice;
import io.playgrant.bench.measure.Wrk;
import io.playgrant.bench.report.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * Single requests over HTTP: Playgrant as shipped, bare Vert.x with a constant answer, and the same service written by hand without Camel,
 * all up at the same time and loaded in turns.
 */
public final class HttpBenchmark implements Benchmark {

    /** In the rounds of errors, Playgrant's successes beside them. */
    static final String SUCCESS = "Playgrant, base";

    private static final long SEED = 13;

    @Override
    public Report run(Options options, Path folder) throws Exception {
        Wrk.require();
        HttpPlan plan = options.quick() ? HttpPlan.QUICK : HttpPlan.USUAL;
        Random random = new Random(SEED);
        try (Contenders contenders = Contenders.start(folder)) {
            options.progress("warm-up");
            warmUp(contenders, plan);
            Map<HttpCase, Rounds<Slice>> measured = new LinkedHashMap<>();
            options.progress(HttpCase.BASE.name());
            Rounds<Slice> base = measure(contenders, HttpCase.BASE, plan.rounds(), plan.slice(), random);
            measured.put(HttpCase.BASE, base);
            for (HttpCase variant : HttpCase.VARIANTS) {
                options.progress(variant.name());
                measured.put(
                        variant, measure(contenders, variant, plan.variantRounds(), plan.variantSlice(), random));
            }
            options.progress("latency at half load");
            Map<String, Double> most = new LinkedHashMap<>();
            base.names().forEach(name -> most.put(name, base.median(name, Slice::rate)));
            return new HttpReport(measured, HalfLoad.measure(contenders, most, plan, random)).report();
        }
    }

    /** With all kinds of requests, so that no measurement is of code that is compiled for one kind only. */
    private static void warmUp(Contenders contenders, HttpPlan plan) throws Exception {
        for (String name : List.of(PLAYGRANT, HAND_WRITTEN, BARE)) {
            contenders.slice(name, HttpCase.BASE, plan.warmUp());
            for (HttpCase variant : HttpCase.VARIANTS) {
                contenders.slice(name, variant, plan.variantWarmUp());
            }
        }
    }

    private static Rounds<Slice> measure(
            Contenders contenders, HttpCase one, int rounds, Duration slice, Random random) throws Exception {
        Map<String, Callable<Slice>> all = new LinkedHashMap<>();
        for (String name : List.of(PLAYGRANT, BARE, HAND_WRITTEN)) {
            all.put(name, () -> contenders.slice(name, one, slice));
        }
        if (one.isRefused()) {
            all.put(SUCCESS, () -> contenders.slice(PLAYGRANT, HttpCase.BASE, slice));
        }
        return Rounds.run(rounds, all, random);
    }
}
