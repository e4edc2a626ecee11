package io.playgrant.bench.console;

import io.playgrant.app.Application;
import io.playgrant.bench.Benchmark;
import io.playgrant.bench.Options;
import io.playgrant.bench.measure.Median;
import io.playgrant.bench.measure.Rounds;
import io.playgrant.bench.measure.Slice;
import io.playgrant.bench.measure.Wrk;
import io.playgrant.bench.report.Figure;
import io.playgrant.bench.report.Numbers;
import io.playgrant.bench.report.Report;
import io.playgrant.bench.report.Table;
import io.playgrant.bench.server.BenchFolder;
import io.playgrant.config.Settings;
import io.playgrant.record.RecordWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;

/** Pages of the console with a million records, tokens issued while the overview is open, and what it costs to count answers. */
public final class ConsoleBenchmark implements Benchmark {

    private static final String CLOSED = "no browser";
    private static final String OPEN = "the overview open in five browsers";
    private static final int BROWSERS = 5;
    private static final int RECORDS = 1_000_000;
    private static final int FEW_RECORDS = 50_000;
    private static final int ACCOUNTS = 50;
    private static final int MOST_ROUNDS = 3;
    private static final int LOADS = 40;
    private static final int FEW_LOADS = 5;
    private static final double P95 = 0.95;
    private static final long SEED = 16;

    private static final List<String> PAGES = List.of(
            "/console/",
            "/console/?period=week",
            "/console/data/traffic?period=day",
            "/console/data/traffic?period=week",
            "/console/data/times?period=day",
            "/console/requests",
            "/console/requests?cookie=customer+7",
            "/console/requests?cookie=nobody",
            "/console/requests?token=" + Answers.tokenId(4_711),
            "/console/requests?code=-2019",
            "/console/explain",
            "/console/accounts",
            "/console/accounts/%d",
            "/console/keys",
            "/console/rings",
            "/console/audit",
            "/console/settings");

    @Override
    public Report run(Options options, Path folder) throws Exception {
        Wrk.require();
        int rounds = options.quick() ? 1 : MOST_ROUNDS;
        Duration slice = Duration.ofSeconds(options.quick() ? 2 : 10);
        Report report = new Report("console");
        BenchFolder bench = BenchFolder.create(folder.resolve("data"));
        options.progress("records, and counting them");
        Rounds<Double> counting;
        try (Application application = open(bench)) {
            List<Long> accounts = ConsoleServer.createAccounts(application, ACCOUNTS);
            counting = CountingCost.measure(application, accounts, rounds, slice.dividedBy(2));
            try (RecordWriter writer = application.newRecordWriter()) {
                Answers.write(writer, accounts, options.quick() ? FEW_RECORDS : RECORDS);
            }
        }
        try (ConsoleServer server = ConsoleServer.start(bench)) {
            options.progress("tokens");
            server.issue(slice.multipliedBy(2));
            Rounds<Slice> tokens = tokens(server, rounds, slice, report);
            countingCost(counting, tokens.median(CLOSED, Slice::processorMicros), report);
            options.progress("pages");
            pages(server.newBrowser(), bench.account(), options.quick() ? FEW_LOADS : LOADS, report);
        }
        return report;
    }

    private static Application open(BenchFolder folder) {
        return Application.open(Settings.load(
                Path.of("").toAbsolutePath(),
                Map.of("PLAYGRANT_DATA_DIR", folder.data().toString())));
    }

    private static Rounds<Slice> tokens(ConsoleServer server, int rounds, Duration slice, Report report)
            throws Exception {
        List<Browser> browsers = new ArrayList<>();
        for (int i = 0; i < BROWSERS; i++) {
            browsers.add(server.newBrowser());
        }
        Map<String, Callable<Slice>> both = new LinkedHashMap<>();
        both.put(CLOSED, () -> server.issue(slice));
        both.put(OPEN, () -> server.issueWhileOpen(browsers, slice));
        Rounds<Slice> measured = Rounds.run(rounds, both, new Random(SEED));
        Table table = Table.of("Tokens issued, 32 connections", "", "tokens/s", "p99 ms", "processor µs/token");
        measured.names().forEach(name -> table.row(
                name,
                Numbers.of(measured.median(name, Slice::rate)),
                Numbers.of(measured.median(name, Slice::p99)),
                Numbers.of(measured.median(name, Slice::processorMicros))));
        report.table(table).figure(Figure.TOKENS_WITH_CONSOLE, measured.ratio(OPEN, CLOSED, Slice::rate));
        return measured;
    }

    private static void countingCost(Rounds<Double> counting, double tokenMicros, Report report) {
        Table table = Table.of(
                "Records of 50 accounts, 20,000 a second", "", "processor µs/record of the thread that writes them");
        counting.names().forEach(name -> table.row(name, Numbers.of(counting.median(name, micros -> micros))));
        double more = counting.median(CountingCost.COUNTED, micros -> micros)
                - counting.median(CountingCost.UNCOUNTED, micros -> micros);
        report.table(table).figure(Figure.COUNTING, Math.max(0, more) / tokenMicros * 100);
    }

    private static void pages(Browser browser, long account, int loads, Report report)
            throws IOException, InterruptedException {
        Table table = Table.of("Pages with 1,000,000 records, one load after the other", "", "p50 ms", "p95 ms");
        double slowest = 0;
        for (String page : PAGES) {
            String path = page.formatted(account);
            List<Double> millis = new ArrayList<>();
            for (int load = 0; load < loads; load++) {
                millis.add(browser.millis(path));
            }
            double p95 = percentile(millis, P95);
            slowest = Math.max(slowest, p95);
            table.row("`" + path + "`", Numbers.of(Median.of(millis)), Numbers.of(p95));
        }
        report.table(table).figure(Figure.CONSOLE_PAGE, slowest);
    }

    private static double percentile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
