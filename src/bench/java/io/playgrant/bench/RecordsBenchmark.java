package io.playgrant.bench;

import io.playgrant.account.Accounts;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.batch.Item;
import io.playgrant.config.Settings;
import io.playgrant.contentkey.KeyId;
import io.playgrant.record.RecordWriter;
import io.playgrant.record.TokenRecord;
import io.playgrant.route.Issuer;
import io.playgrant.token.Parameters;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What records cost: tokens a second without them, written behind, and written before each answer; and how many of them are written in a
 * second. On the embedded database, or on that of {@code PLAYGRANT_DATABASE_URL}.
 */
final class RecordsBenchmark {

    /** As many as a server has workers. */
    private static final int THREADS = 20;

    private static final double SECONDS = Double.parseDouble(System.getProperty("bench.seconds", "5"));
    private static final int ROWS = Integer.getInteger("bench.rows", 300_000);

    private RecordsBenchmark() {}

    static void run(Path data) throws Exception {
        Benchmarks.print("Records, " + THREADS + " threads in one process:");
        // Twice, as the first round is that of the compiler.
        for (String recording : List.of("off", "async", "sync", "off", "async", "sync")) {
            try (Application application = open(data, recording)) {
                String authenticator =
                        KafkaBenchmark.authenticator(application.accounts().create("Films", Profile.STRICT, List.of()));
                try (Issuer issuer = Issuer.open(application)) {
                    tokensPerSecond(issuer, authenticator, SECONDS);
                    Benchmarks.print(String.format(
                            Locale.ROOT,
                            "  %-5s %7.0f tokens/s",
                            recording,
                            tokensPerSecond(issuer, authenticator, SECONDS)));
                }
            }
        }
        try (Application application = open(data, "async")) {
            Accounts.Created account = application.accounts().create("Films", Profile.STRICT, List.of());
            rowsPerSecond(application, account.account().number());
            Benchmarks.print(String.format(
                    Locale.ROOT,
                    "  %7.0f records/s",
                    rowsPerSecond(application, account.account().number())));
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

    private static double rowsPerSecond(Application application, long account) throws InterruptedException {
        KeyId kid = KeyId.ofName("film");
        long begin = System.nanoTime();
        try (RecordWriter writer = application.newRecordWriter()) {
            for (int i = 0; i < ROWS; i++) {
                writer.awaitRoom();
                writer.add(List.of(new TokenRecord(
                        Instant.now(),
                        "%016x".formatted(i),
                        "%032x".formatted(i),
                        account,
                        Environment.PRODUCTION,
                        TokenRecord.ISSUED,
                        List.of(kid),
                        "film",
                        "a cookie",
                        TokenRecord.Source.HTTP,
                        "192.0.2.1")));
            }
            while (writer.waiting() > 0) {
                Thread.sleep(1);
            }
        }
        return ROWS / ((System.nanoTime() - begin) / 1e9);
    }
}
