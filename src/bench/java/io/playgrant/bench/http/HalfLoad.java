package io.playgrant.bench.http;

import io.playgrant.bench.measure.OpenLoop;
import io.playgrant.bench.measure.Rounds;
import io.playgrant.bench.report.LineChart.Point;
import io.playgrant.bench.report.LineChart;
import io.playgrant.bench.report.Numbers;
import io.playgrant.bench.report.Table;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;

/** Latency at half of the rate that each server reaches at most, while requests come at a constant rate. */
final class HalfLoad {

    /** Where bare Vert.x gets only as many requests as Playgrant. */
    private static final String BARE_AT_RATE = "bare Vert.x at Playgrant's rate";

    private static final List<Double> PERCENTILES = List.of(50.0, 75.0, 90.0, 99.0, 99.9);
    private static final Duration WARM_UP = Duration.ofSeconds(1);

    private final Map<String, Double> rates;
    private final Rounds<OpenLoop.Result> results;

    private HalfLoad(Map<String, Double> rates, Rounds<OpenLoop.Result> results) {
        this.rates = rates;
        this.results = results;
    }

    /**
     * Measures.
     *
     * @param most the rate that each server reaches at most
     */
    static HalfLoad measure(Contenders contenders, Map<String, Double> most, HttpPlan plan, Random random)
            throws Exception {
        Map<String, Double> rates = new LinkedHashMap<>();
        most.forEach((name, rate) -> rates.put(name, rate / 2));
        rates.put(BARE_AT_RATE, rates.getOrDefault(Contenders.PLAYGRANT, 0.0));
        Map<String, Callable<OpenLoop.Result>> all = new LinkedHashMap<>();
        rates.forEach((name, rate) -> all.put(name, () -> ask(contenders, name, rate, plan.halfLoadTime())));
        for (Map.Entry<String, Double> one : rates.entrySet()) {
            ask(contenders, one.getKey(), one.getValue(), WARM_UP);
        }
        return new HalfLoad(rates, Rounds.run(plan.halfLoadRounds(), all, random));
    }

    private static OpenLoop.Result ask(Contenders contenders, String name, double rate, Duration time)
            throws Exception {
        String server = name.equals(BARE_AT_RATE) ? Contenders.BARE : name;
        return OpenLoop.run(
                contenders.port(server),
                contenders.request(server, HttpCase.BASE),
                HttpCase.BASE.connections(),
                rate,
                time);
    }

    /** The ratio of the latencies that 1 % of the answers exceed. */
    double p99ToBare() {
        return results.ratio(Contenders.PLAYGRANT, Contenders.BARE, result -> result.millis(99));
    }

    Table table() {
        Table table = Table.of(
                "Latency at half load, milliseconds",
                "server",
                "requests/s",
                "p50",
                "p99",
                "p99.9",
                "p99 ÷ bare Vert.x",
                "driver late, p50",
                "driver late, p99");
        rates.forEach((name, rate) -> table.row(
                name,
                Numbers.of(rate),
                millis(name, 50),
                millis(name, 99),
                millis(name, 99.9),
                Numbers.of(results.ratio(name, Contenders.BARE, result -> result.millis(99))),
                Numbers.of(results.median(name, result -> result.lateMillis(50))),
                Numbers.of(results.median(name, result -> result.lateMillis(99)))));
        return table;
    }

    private String millis(String name, double percentile) {
        return Numbers.of(results.median(name, result -> result.millis(percentile)));
    }

    String chart() {
        LineChart chart = new LineChart(
                        "Latency at half load", "one request in … takes longer", "milliseconds")
                .byPowersOfTen();
        rates.keySet().forEach(name -> chart.line(name, points(name)));
        return chart.svg();
    }

    private List<Point> points(String name) {
        return PERCENTILES.stream()
                .map(percentile -> new Point(
                        Math.rint(1_000 / (100 - percentile)) / 10,
                        results.median(name, result -> result.millis(percentile))))
                .toList();
    }
}
