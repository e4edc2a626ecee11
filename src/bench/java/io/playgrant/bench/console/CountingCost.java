package io.playgrant.bench.console;

import io.playgrant.app.Application;
import io.playgrant.bench.measure.Rounds;
import io.playgrant.record.RecordWriter;
import io.playgrant.record.Recording;
import io.playgrant.record.Records;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** The processor time of the thread that writes records, with and without counts, at a steady rate. */
final class CountingCost {

    static final String COUNTED = "counted";
    static final String UNCOUNTED = "not counted";

    private static final int RATE = 20_000;
    private static final long SEED = 16;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CountingCost() {}

    /** Measures both in turn. The values are microseconds for each record. */
    static Rounds<Double> measure(Application application, List<Long> accounts, int rounds, Duration slice)
            throws Exception {
        Records counted = application.records();
        Records uncounted = new Records(application.database(), (transaction, records) -> {});
        Map<String, Callable<Double>> both = new LinkedHashMap<>();
        both.put(COUNTED, () -> write(counted, accounts, slice));
        both.put(UNCOUNTED, () -> write(uncounted, accounts, slice));
        Rounds.run(1, both, new Random(SEED));
        return Rounds.run(rounds, both, new Random(SEED));
    }

    private static double write(Records records, List<Long> accounts, Duration slice) throws InterruptedException {
        int all = (int) (RATE * slice.toMillis() / 1_000);
        RecordWriter writer = new RecordWriter(records, Recording.ASYNC);
        try {
            long thread = newestWriter();
            long begin = System.nanoTime();
            for (int i = 0; i < all; i++) {
                awaitDue(begin + i * 1_000_000_000L / RATE);
                writer.add(Answers.of(Instant.now(), i, accounts.get(i % accounts.size())));
            }
            while (writer.waiting() > 0) {
                Thread.sleep(1);
            }
            return THREADS.getThreadCpuTime(thread) / 1e3 / all;
        } finally {
            writer.close();
        }
    }

    private static void awaitDue(long due) {
        long early = due - System.nanoTime();
        while (early > 0) {
            LockSupport.parkNanos(early);
            early = due - System.nanoTime();
        }
    }

    /** The thread of the writer that was started last; those before it have ended. */
    private static long newestWriter() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("record-writer"))
                .mapToLong(Thread::getId)
                .max()
                .orElseThrow();
    }
}
