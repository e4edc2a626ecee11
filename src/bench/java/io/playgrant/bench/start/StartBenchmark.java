package io.playgrant.bench.start;

import io.playgrant.bench.Benchmark;
import io.playgrant.bench.Options;
import io.playgrant.bench.measure.Median;
import io.playgrant.bench.measure.Rounds;
import io.playgrant.bench.measure.Wrk;
import io.playgrant.bench.report.Figure;
import io.playgrant.bench.report.LineChart.Point;
import io.playgrant.bench.report.LineChart;
import io.playgrant.bench.report.Numbers;
import io.playgrant.bench.report.Report;
import io.playgrant.bench.report.Table;
import io.playgrant.bench.server.BenchFolder;
import io.playgrant.bench.server.ClassCache;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** From the start of a server to its first token, its first seconds under load, and its memory. */
public final class StartBenchmark implements Benchmark {

    private static final int STARTS = 5;
    private static final int ROUNDS = 2;
    private static final Duration LOAD = Duration.ofSeconds(30);
    private static final Duration SHORT_LOAD = Duration.ofSeconds(12);
    private static final int HALF_SECONDS_SHOWN = 30;
    private static final long SEED = 13;

    @Override
    public Report run(Options options, Path folder) throws Exception {
        Wrk.require();
        Map<String, Callable<Double>> starts = new LinkedHashMap<>();
        Map<String, Callable<FirstSeconds>> loads = new LinkedHashMap<>();
        Duration load = options.quick() ? SHORT_LOAD : LOAD;
        Report report = new Report("start");
        for (JavaVariant java : JavaVariant.all()) {
            BenchFolder data = BenchFolder.create(folder.resolve(java.name().replaceAll("[^A-Za-z0-9]+", "-")));
            options.progress("prepare " + java.name());
            if (java.usesCache() && !ClassCache.make(java.environment())) {
                report.note("The launcher makes no cache for JDK 25, so that nothing was measured with one.");
                continue;
            }
            starts.put(java.name(), () -> firstToken(data, java));
            loads.put(java.name(), () -> FirstSeconds.measure(StartedServer.start(data, java), load));
        }
        options.progress("starts");
        Rounds<Double> tokens = Rounds.run(options.quick() ? 1 : STARTS, starts, new Random(SEED));
        options.progress("first seconds");
        Rounds<FirstSeconds> firsts = Rounds.run(options.quick() ? 1 : ROUNDS, loads, new Random(SEED));
        return fill(report, tokens, firsts);
    }

    private static double firstToken(BenchFolder data, JavaVariant java) throws Exception {
        try (StartedServer server = StartedServer.start(data, java)) {
            return server.firstToken();
        }
    }

    private static Report fill(Report report, Rounds<Double> tokens, Rounds<FirstSeconds> firsts) {
        Table table = Table.of(
                "Start, 32 connections from the first token on",
                "",
                "first token s",
                "first 10 s ÷ warm rate",
                "warm requests/s",
                "resident after 100,000 requests, MB");
        LineChart chart = new LineChart("First seconds", "seconds since the first token", "rate ÷ warm rate");
        for (String name : tokens.names()) {
            table.row(
                    name,
                    Numbers.of(tokens.median(name, seconds -> seconds)),
                    Numbers.of(firsts.median(name, FirstSeconds::firstToWarm)),
                    Numbers.of(firsts.median(name, FirstSeconds::warmRate)),
                    Numbers.of(firsts.median(name, FirstSeconds::resident)));
            chart.line(name, curve(firsts.of(name)));
        }
        report.table(table)
                .chart("start", "Rate in the first seconds, divided by the warm rate", chart.svg())
                .figure(Figure.RESIDENT, firsts.median(JavaVariant.DEFAULT, FirstSeconds::resident));
        if (tokens.names().contains(JavaVariant.WITH_CACHE)) {
            report.figure(Figure.FIRST_SECONDS, firsts.median(JavaVariant.WITH_CACHE, FirstSeconds::firstToWarm))
                    .figure(Figure.FIRST_TOKEN, tokens.median(JavaVariant.WITH_CACHE, seconds -> seconds));
        }
        return report;
    }

    /** The median of each half second. */
    private static List<Point> curve(List<FirstSeconds> runs) {
        List<Point> points = new ArrayList<>();
        int shown = Math.min(HALF_SECONDS_SHOWN, runs.get(0).counts().size());
        IntStream.range(0, shown)
                .forEach(half -> points.add(new Point(
                        (half + 1) / 2.0,
                        Median.of(runs.stream()
                                .map(run -> run.rates().get(half) / run.warmRate())
                                .toList()))));
        return points;
    }
}
