package io.playgrant.bench;

import static io.playgrant.account.Environment.PRODUCTION;

import com.sun.management.ThreadMXBean;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.batch.Item;
import io.playgrant.config.Settings;
import io.playgrant.contentkey.KeyId;
import io.playgrant.record.RecordQuery;
import io.playgrant.record.RecordQuery.Filter;
import io.playgrant.record.RecordWriter;
import io.playgrant.record.TokenRecord;
import io.playgrant.route.Issuer;
import io.playgrant.token.Parameters;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * What records cost: tokens a second without them, written behind, and written before each answer; the processor time, memory and disk
 * that a record takes; and how long searches through many of them take. On the embedded database, or on that of {@code
 * PLAYGRANT_DATABASE_URL}.
 */
final class RecordsBenchmark {

    /** As many as a server has workers. */
    private static final int THREADS = 20;

    private static final double SECONDS = Double.parseDouble(System.getProperty("bench.seconds", "5"));
    private static final int ROWS = Integer.getInteger("bench.rows", 300_000);
    private static final int BURST = 200;
    private static final int SEARCHES = 5;
    private static final Duration DAY = Duration.ofDays(1);

    // Made beforehand, so that making them is not measured.
    private static final String[] IDS = ids();
    private static final List<List<KeyId>> KIDS = IntStream.range(0, 200)
            .mapToObj(i -> List.of(KeyId.ofName("film " + i)))
            .toList();

    private static final ThreadMXBean THREAD_MX = (ThreadMXBean) ManagementFactory.getThreadMXBean();

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
        for (int accounts : List.of(1, 1, 100)) {
            try (Application application = open(data, "async")) {
                measureCost(application, accounts);
            }
        }
        long before = fileSize(data);
        try (Application application = open(data, "async")) {
            measureSearches(application);
        }
        Benchmarks.print(String.format(
                Locale.ROOT, "  %d bytes a record in the embedded database", (fileSize(data) - before) / ROWS));
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

    /** Adds records as fast as they are written, for a number of accounts in turn. */
    private static void measureCost(Application application, int accounts) throws InterruptedException {
        long[] owners = new long[accounts];
        for (int i = 0; i < accounts; i++) {
            owners[i] = application
                    .accounts()
                    .create("Films", Profile.STRICT, List.of())
                    .account()
                    .number();
        }
        try (RecordWriter writer = application.newRecordWriter()) {
            long self = Thread.currentThread().getId();
            long allocated = THREAD_MX.getThreadAllocatedBytes(self);
            long cpu = THREAD_MX.getThreadCpuTime(self);
            long begin = System.nanoTime();
            for (int i = 0; i < ROWS; i++) {
                writer.awaitRoom();
                writer.add(List.of(record(Instant.now(), i, owners[i % accounts])));
            }
            cpu = THREAD_MX.getThreadCpuTime(self) - cpu;
            allocated = THREAD_MX.getThreadAllocatedBytes(self) - allocated;
            while (writer.waiting() > 0) {
                Thread.sleep(1);
            }
            Benchmarks.print(String.format(
                    Locale.ROOT,
                    "  %7.0f records/s of %d accounts; a record takes %.2f us and %d bytes where it is added, %.2f us where it is written",
                    ROWS / ((System.nanoTime() - begin) / 1e9),
                    accounts,
                    cpu / 1e3 / ROWS,
                    allocated / ROWS,
                    writerCpu() / 1e3 / ROWS));
        }
    }

    private static long writerCpu() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("record-writer"))
                .mapToLong(thread -> THREAD_MX.getThreadCpuTime(thread.getId()))
                .sum();
    }

    /** Searches through records of one account, which came in bursts of a fifth of a second. */
    private static void measureSearches(Application application) throws InterruptedException {
        long account = application
                .accounts()
                .create("Films", Profile.STRICT, List.of())
                .account()
                .number();
        Instant begin = Instant.now().minus(DAY);
        Duration betweenBursts = DAY.dividedBy(ROWS / BURST + 1);
        try (RecordWriter writer = application.newRecordWriter()) {
            for (int i = 0; i < ROWS; i++) {
                writer.awaitRoom();
                Instant time = begin.plus(betweenBursts.multipliedBy(i / BURST)).plusMillis(i % BURST);
                writer.add(List.of(record(time, i, account)));
            }
            while (writer.waiting() > 0) {
                Thread.sleep(1);
            }
        }
        Filter cookie = new Filter("no such cookie", null, null, null);
        Filter kid = new Filter(null, null, KeyId.ofName("no such film"), null);
        Filter code = new Filter(null, null, null, -1);
        measureSearch(application, "the first page", new RecordQuery(account, PRODUCTION, Filter.NONE, null, null, null, 32));
        measureSearch(application, "the first 1000", new RecordQuery(account, PRODUCTION, Filter.NONE, null, null, null, 1_000));
        measureSearch(application, "a cookie in vain", new RecordQuery(account, PRODUCTION, cookie, begin, null, null, 32));
        measureSearch(application, "a kid in vain", new RecordQuery(account, PRODUCTION, kid, begin, null, null, 32));
        measureSearch(application, "a code in vain", new RecordQuery(account, PRODUCTION, code, begin, null, null, 32));
    }

    private static void measureSearch(Application application, String what, RecordQuery query) {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < SEARCHES; i++) {
            long begin = System.nanoTime();
            application.records().find(query);
            best = Math.min(best, (System.nanoTime() - begin) / 1e6);
        }
        Benchmarks.print(String.format(Locale.ROOT, "  %8.1f ms for %s among %d records", best, what, ROWS));
    }

    private static TokenRecord record(Instant time, int number, long account) {
        return new TokenRecord(
                time,
                IDS[number % IDS.length].substring(16),
                IDS[number % IDS.length],
                account,
                PRODUCTION,
                TokenRecord.ISSUED,
                KIDS.get(number % KIDS.size()),
                "film",
                "a cookie",
                TokenRecord.Source.HTTP,
                "192.0.2.1");
    }

    private static String[] ids() {
        Random random = new Random(1);
        return IntStream.range(0, 10_000)
                .mapToObj(i -> "%016x%016x".formatted(random.nextLong(), random.nextLong()))
                .toArray(String[]::new);
    }

    private static long fileSize(Path data) {
        return data.resolve("playgrant.mv.db").toFile().length();
    }
}
