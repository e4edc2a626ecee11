package io.playgrant.bench.growth;

import io.playgrant.bench.Benchmark;
import io.playgrant.bench.Options;
import io.playgrant.bench.measure.Rounds;
import io.playgrant.bench.measure.Slice;
import io.playgrant.bench.measure.Wrk;
import io.playgrant.bench.report.Figure;
import io.playgrant.bench.report.LineChart.Point;
import io.playgrant.bench.report.LineChart;
import io.playgrant.bench.report.Numbers;
import io.playgrant.bench.report.Report;
import io.playgrant.bench.report.Table;
import io.playgrant.bench.server.BenchFolder;
import io.playgrant.bench.server.ComparedServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * A server with many accounts and stored keys beside one with a single account, and tokens of one to sixteen keys.
 *
 * <p>Requests come from few or many of the accounts. A server keeps {@value #IN_MEMORY} of them in memory; the target is for that many.
 */
public final class GrowthBenchmark implements Benchmark {

    private static final int ACCOUNTS = 1_000_000;
    private static final int FEWER_ACCOUNTS = 50_000;
    private static final int IN_MEMORY = 10_000;
    private static final List<Integer> SPREADS = List.of(1, 1_000, IN_MEMORY, 100_000, ACCOUNTS);
    private static final List<Integer> KEYS = List.of(1, 2, 4, 8, 16);
    private static final String ONE = "1 account";
    private static final String RULES = "&securityLevel=1&hdcpOutputControl=0";
    private static final String CLEAR = "kid=%5Efilm&contentKey=" + BenchFolder.CONTENT_KEY + RULES;
    private static final String STORED = "kid=%5E" + BenchFolder.STORED + "&kek=" + BenchFolder.KEK + RULES;
    private static final long SEED = 13;

    @Override
    public Report run(Options options, Path folder) throws Exception {
        Wrk.require();
        int accounts = options.quick() ? FEWER_ACCOUNTS : ACCOUNTS;
        Duration slice = Duration.ofSeconds(options.quick() ? 1 : 3);
        Duration warmUp = Duration.ofSeconds(options.quick() ? 2 : 10);
        int rounds = options.quick() ? 1 : 3;
        options.progress(accounts + " accounts are made");
        BenchFolder few = BenchFolder.create(folder.resolve("few"));
        BenchFolder many = CrowdedFolder.create(folder.resolve("many"), accounts);
        try (ComparedServer small = ComparedServer.playgrant(few.data());
                ComparedServer large = ComparedServer.playgrant(many.data())) {
            Crowd one = Crowd.ofOne(small, few.authenticator());
            Crowd all = new Crowd(large, CrowdedFolder.FIRST, CrowdedFolder.SECRET);
            options.progress("warm-up");
            for (String parameters : List.of(CLEAR, STORED)) {
                one.slice(folder, 1, parameters, warmUp);
                all.slice(folder, 1, parameters, warmUp);
            }
            options.progress("accounts");
            Rounds<Slice> clear = measure(one, all, accounts, CLEAR, folder, rounds, slice);
            options.progress("stored keys");
            Rounds<Slice> stored = measure(one, all, accounts, STORED, folder, rounds, slice);
            options.progress("keys of a token");
            Rounds<Slice> keys = measureKeys(one, folder, rounds, slice);
            return new Report("growth")
                    .note("Requests of random accounts out of so many, on a server with " + Numbers.count(accounts)
                            + " accounts, each with a stored key, beside a server with one account.")
                    .table(growth("Clear keys", clear))
                    .table(growth("Stored keys", stored))
                    .table(keyTable(keys))
                    .chart("growth", "Throughput by the number of accounts that ask", chart(clear, stored, accounts))
                    .figure(
                            Figure.MANY_ACCOUNTS,
                            clear.ratio(name(Math.min(accounts, IN_MEMORY)), ONE, Slice::rate));
        }
    }

    private static Rounds<Slice> measure(
            Crowd one, Crowd all, int accounts, String parameters, Path folder, int rounds, Duration slice)
            throws Exception {
        Map<String, Callable<Slice>> contenders = new LinkedHashMap<>();
        contenders.put(ONE, () -> one.slice(folder, 1, parameters, slice));
        for (int spread : spreads(accounts)) {
            contenders.put(name(spread), () -> all.slice(folder, spread, parameters, slice));
        }
        return Rounds.run(rounds, contenders, new Random(SEED));
    }

    private static List<Integer> spreads(int accounts) {
        return SPREADS.stream().filter(spread -> spread <= accounts).toList();
    }

    private static String name(int spread) {
        return "many accounts, " + Numbers.count(spread) + (spread == 1 ? " asks" : " ask");
    }

    private static Rounds<Slice> measureKeys(Crowd one, Path folder, int rounds, Duration slice) throws Exception {
        Map<String, Callable<Slice>> contenders = new LinkedHashMap<>();
        for (int count : KEYS) {
            StringBuilder parameters = new StringBuilder();
            for (int i = 0; i < count; i++) {
                String index = count == 1 ? "" : "." + i;
                parameters.append("&kid%s=%%5Efilm%d&contentKey%s=%s"
                        .formatted(index, i, index, BenchFolder.CONTENT_KEY));
            }
            String all = parameters.substring(1) + RULES;
            contenders.put(Integer.toString(count), () -> one.slice(folder, 1, all, slice));
        }
        return Rounds.run(rounds, contenders, new Random(SEED));
    }

    private static Table growth(String title, Rounds<Slice> measured) {
        Table table = Table.of(title, "", "requests/s", "throughput ÷ 1 account", "processor ÷ 1 account", "p99 ms");
        for (String name : measured.names()) {
            table.row(
                    name,
                    Numbers.of(measured.median(name, Slice::rate)),
                    Numbers.of(measured.ratio(name, ONE, Slice::rate)),
                    Numbers.of(measured.ratio(name, ONE, Slice::processorMicros)),
                    Numbers.of(measured.median(name, Slice::p99)));
        }
        return table;
    }

    private static Table keyTable(Rounds<Slice> measured) {
        Table table = Table.of(
                "Keys of a token", "keys", "requests/s", "throughput ÷ 1 key", "processor µs/request", "allocated KB/request");
        for (String name : measured.names()) {
            table.row(
                    name,
                    Numbers.of(measured.median(name, Slice::rate)),
                    Numbers.of(measured.ratio(name, "1", Slice::rate)),
                    Numbers.of(measured.median(name, Slice::processorMicros)),
                    Numbers.of(measured.median(name, Slice::allocatedBytes) / 1_000));
        }
        return table;
    }

    private static String chart(Rounds<Slice> clear, Rounds<Slice> stored, int accounts) {
        LineChart chart =
                new LineChart("Growth", "accounts that ask", "throughput ÷ 1 account").byPowersOfTen();
        chart.line("clear keys", points(clear, accounts));
        return chart.line("stored keys", points(stored, accounts)).svg();
    }

    private static List<Point> points(Rounds<Slice> measured, int accounts) {
        return spreads(accounts).stream()
                .map(spread -> new Point(spread, measured.ratio(name(spread), ONE, Slice::rate)))
                .toList();
    }
}
