package io.playgrant.bench.bulk;

import org.jspecify.annotations.Nullable;
import static io.playgrant.account.Environment.PRODUCTION;

import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.bench.report.Numbers;
import io.playgrant.bench.report.Table;
import io.playgrant.contentkey.KeyId;
import io.playgrant.record.RecordQuery;
import io.playgrant.record.RecordQuery.Filter;
import io.playgrant.record.RecordWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How long searches through the records of one account take, which came in bursts of a fifth of a second. */
final class RecordSearches {

    private static final int BURST = 200;
    private static final int REPETITIONS = 5;
    private static final Duration DAY = Duration.ofDays(1);

    private RecordSearches() {}

    static Table measure(Application application, int records) throws InterruptedException {
        long account = application
                .accounts()
                .create("Films", Profile.STRICT, List.of())
                .account()
                .number();
        Instant begin = Instant.now().minus(DAY);
        write(application, account, begin, records);
        Filter cookie = new Filter("no such cookie", null, null, null);
        Filter kid = new Filter(null, null, KeyId.ofName("no such film"), null);
        Filter code = new Filter(null, null, null, -2018);
        return Table.of("Searches through " + records + " records", "", "ms")
                .row("first page", millis(application, query(account, Filter.NONE, null, 32)))
                .row("first 1000", millis(application, query(account, Filter.NONE, null, 1_000)))
                .row("unknown cookie", millis(application, query(account, cookie, begin, 32)))
                .row("unknown kid", millis(application, query(account, kid, begin, 32)))
                .row("unknown code", millis(application, query(account, code, begin, 32)));
    }

    private static void write(Application application, long account, Instant begin, int records)
            throws InterruptedException {
        Duration betweenBursts = DAY.dividedBy(records / BURST + 1);
        try (RecordWriter writer = application.newRecordWriter()) {
            for (int i = 0; i < records; i++) {
                writer.awaitRoom();
                Instant time = begin.plus(betweenBursts.multipliedBy(i / BURST)).plusMillis(i % BURST);
                writer.add(List.of(SampleRecords.of(time, i, account)));
            }
            while (writer.waiting() > 0) {
                Thread.sleep(1);
            }
        }
    }

    private static RecordQuery query(long account, Filter filter, @Nullable Instant from, int limit) {
        return new RecordQuery(account, PRODUCTION, filter, from, null, null, limit);
    }

    private static String millis(Application application, RecordQuery query) {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < REPETITIONS; i++) {
            long begin = System.nanoTime();
            application.records().find(query);
            best = Math.min(best, (System.nanoTime() - begin) / 1e6);
        }
        return Numbers.of(best);
    }
}
