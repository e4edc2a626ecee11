package io.playgrant.bench.bulk;

import com.sun.management.ThreadMXBean;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.bench.report.Numbers;
import io.playgrant.bench.report.Table;
import io.playgrant.record.RecordWriter;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;

/** What a record costs the thread that adds it, and the one that writes it. */
final class RecordCosts {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private RecordCosts() {}

    static Table table() {
        return Table.of("Records alone", "accounts", "records/s", "µs to add", "bytes to add", "µs to write");
    }

    /** Adds records as fast as they are written, for a number of accounts in turn. */
    static void measure(Application application, int accounts, int records, Table table) throws InterruptedException {
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
            long allocated = THREADS.getThreadAllocatedBytes(self);
            long cpu = THREADS.getThreadCpuTime(self);
            long begin = System.nanoTime();
            for (int i = 0; i < records; i++) {
                writer.awaitRoom();
                writer.add(SampleRecords.of(Instant.now(), i, owners[i % accounts]));
            }
            cpu = THREADS.getThreadCpuTime(self) - cpu;
            allocated = THREADS.getThreadAllocatedBytes(self) - allocated;
            while (writer.waiting() > 0) {
                Thread.sleep(1);
            }
            table.row(
                    Integer.toString(accounts),
                    Numbers.of(records / ((System.nanoTime() - begin) / 1e9)),
                    Numbers.of(cpu / 1e3 / records),
                    Numbers.of((double) allocated / records),
                    Numbers.of(writerCpu() / 1e3 / records));
        }
    }

    private static long writerCpu() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("record-writer"))
                .mapToLong(thread -> THREADS.getThreadCpuTime(thread.getId()))
                .sum();
    }
}
