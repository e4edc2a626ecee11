package io.playgrant.bench.bulk;

import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.bench.report.Table;
import io.playgrant.batch.Item;
import io.playgrant.bench.Benchmark;
import io.playgrant.bench.Options;
import io.playgrant.bench.measure.Rounds;
import io.playgrant.bench.report.Numbers;
import io.playgrant.bench.report.Report;
import io.playgrant.config.Settings;
import io.playgrant.route.Issuer;
import io.playgrant.token.Parameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What records cost: tokens a second without them, written behind, and written before each answer; and how many of them are written in a
 * second. On the embedded database, or on that of {@code PLAYGRANT_DATABASE_URL}.
 */
public final class RecordsBenchmark implements Benchmark {

    /** As many as a server has workers. */
    private static final int THREADS = 20;

    private static final double SECONDS = 5;
    private static final double FEW_SECONDS = 1;
    private static final int ROUNDS = 3;
    private static final int ROWS = 300_000;
    private static final int FEW_ROWS = 50_000;
    private static final long SEED = 13;

    @Override
    public Report run(Options options, Path data) throws Exception {
        double seconds = options.quick() ? FEW_SECONDS : SECONDS;
        Map<String, Callable<Double>> contenders = new LinkedHashMap<>();
        for (String recording : List.of("off", "async", "sync")) {
            contenders.put(recording, () -> tokensPerSecond(data, recording, seconds));
        }
        options.progress("warm-up");
        Rounds.run(1, contenders, new Random(SEED));
        options.progress("tokens");
        Rounds<Double> rates = Rounds.run(options.quick() ? 1 : ROUNDS, contenders, new Random(SEED));
        Table tokens = Table.of("Tokens with records, " + THREADS + " threads in one process", "records", "tokens/s", "÷ off");
        for (String recording : rates.names()) {
            tokens.row(
                    recording,
                    Numbers.of(rates.median(recording, rate -> rate)),
                    Numbers.of(rates.ratio(recording, "off", rate -> rate)));
        }
        options.progress("records");
        int rows = options.quick() ? FEW_ROWS : ROWS;
        Table costs = RecordCosts.table();
        for (int accounts : List.of(1, 1, 100)) {
            try (Application application = open(data, "async")) {
                RecordCosts.measure(application, accounts, rows, costs);
            }
        }
        options.progress("searches");
        try (Application application = open(data, "async")) {
            return new Report("records")
                    .table(tokens)
                    .table(costs)
                    .table(RecordSearches.measure(application, rows));
        }
    }

    private static double tokensPerSecond(Path data, String recording, double seconds) throws Exception {
        try (Application application = open(data, recording)) {
            String authenticator = application
                    .accounts()
                    .create("Films", Profile.STRICT, List.of())
                    .authenticator(Environment.PRODUCTION)
                    .reveal();
            try (Issuer issuer = Issuer.open(application)) {
                tokensPerSecond(issuer, authenticator, seconds);
                return tokensPerSecond(issuer, authenticator, seconds);
            }
        }
    }

    private static Application open(Path data, String recording) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYGRANT_DATA_DIR", data.toString());
        environment.put("PLAYGRANT_RECORDS", recording);
        return Application.open(Settings.load(Path.of("").toAbsolutePath(), environment));
    }

    private static double tokensPerSecond(Issuer issuer, String authenticator, double seconds) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        long begin = System.nanoTime();
        List<Future<Long>> counts = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            counts.add(threads.submit(() -> issueUntil(issuer, authenticator, begin + (long) (seconds * 1e9))));
        }
        long issued = 0;
        for (Future<Long> count : counts) {
            issued += count.get();
        }
        threads.shutdown();
        return issued / ((System.nanoTime() - begin) / 1e9);
    }

    private static long issueUntil(Issuer issuer, String authenticator, long end) {
        long issued = 0;
        while (System.nanoTime() < end) {
            Parameters parameters = new Parameters()
                    .add("customerAuthenticator", authenticator)
                    .add("kid", "^film" + issued)
                    .add("contentKey", "000102030405060708090a0b0c0d0e0f")
                    .add("securityLevel", "1")
                    .add("hdcpOutputControl", "0");
            if (issuer.issue(Item.of("film", parameters)).error() != null) {
                throw new IllegalStateException("refused");
            }
            issued++;
        }
        return issued;
    }
}
