package io.playgrant.record;

import static io.playgrant.record.SampleRecords.ACCOUNT;
import static io.playgrant.record.SampleRecords.NOW;
import static io.playgrant.record.SampleRecords.all;
import static io.playgrant.record.SampleRecords.at;
import static io.playgrant.record.SampleRecords.bare;
import static io.playgrant.record.SampleRecords.query;
import static io.playgrant.record.SampleRecords.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.CapturedLog;
import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import io.playgrant.record.RecordQuery.Filter;
import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.StorageException;
import io.playgrant.storage.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records in blocks, beside each other and beside the rows of earlier versions. */
@EachDatabase
class RecordBlocksTest {

    @RegisterExtension
    private final CapturedLog log = CapturedLog.of(UnreadableBlocks.class);

    @Test
    void write_packsTheRecordsOfASecondIntoOneRow(TestDatabase databases) {
        on(databases, (database, records) -> {
            List<TokenRecord> written = millisecondsApart(0, 100);
            records.write(written);
            assertThat(blocks(database)).containsExactly(100);
            assertThat(records.find(all(200)).records()).isEqualTo(newestFirst(written));
        });
    }

    @Test
    void find_givesOneOrder_alsoIfBlocksOverlap(TestDatabase databases) {
        on(databases, (database, records) -> {
            List<TokenRecord> written = millisecondsApart(0, 60);
            for (int server = 0; server < 3; server++) {
                int own = server;
                records.write(IntStream.range(0, 60)
                        .filter(i -> i % 3 == own)
                        .mapToObj(written::get)
                        .toList());
            }
            assertThat(blocks(database)).containsExactly(20, 20, 20);
            assertThat(pages(records, Filter.NONE, 7)).isEqualTo(newestFirst(written));
        });
    }

    @Test
    void find_showsEachRecordOfAMicrosecondOnce_acrossBlocksAndRows(TestDatabase databases) {
        on(databases, (database, records) -> {
            List<TokenRecord> written = IntStream.range(0, 30)
                    .mapToObj(i -> at(NOW.plusNanos(i / 10 * 1_000L), "request " + i))
                    .toList();
            OldRows.write(database, every(3, 0, written));
            records.write(every(3, 1, written));
            records.write(every(3, 2, written));
            assertThat(blocks(database)).containsExactly(10, 10);
            List<TokenRecord> seen = pages(records, Filter.NONE, 4);
            assertThat(seen).containsExactlyInAnyOrderElementsOf(written);
            assertThat(seen).isEqualTo(records.find(all(100)).records());
            assertThat(seen).extracting(TokenRecord::time).isSortedAccordingTo((one, other) -> other.compareTo(one));
            Filter filter = new Filter("cookie request 14", null, null, null);
            assertThat(pages(records, filter, 1)).containsExactly(written.get(14));
        });
    }

    @Test
    void find_keepsToItsPeriod_alsoWithinABlock(TestDatabase databases) {
        on(databases, (database, records) -> {
            List<TokenRecord> written = millisecondsApart(0, 100);
            records.write(written);
            assertThat(find(records, NOW.plusMillis(10), NOW.plusMillis(12)))
                    .containsExactly(written.get(11), written.get(10));
            assertThat(find(records, NOW.plusMillis(98), null)).containsExactly(written.get(99), written.get(98));
            assertThat(find(records, null, NOW.plusMillis(1))).containsExactly(written.get(0));
            assertThat(find(records, NOW.plusNanos(1), NOW.plusMillis(1).plusNanos(1)))
                    .containsExactly(written.get(1));
            assertThat(find(records, NOW.plusMillis(100), null)).isEmpty();
            assertThat(find(records, null, NOW)).isEmpty();
        });
    }

    @Test
    void find_readsOnUntilThePageIsFull(TestDatabase databases) {
        on(databases, (database, records) -> {
            List<TokenRecord> written =
                    IntStream.range(0, 500).mapToObj(SampleRecords::token).toList();
            records.write(written);
            assertThat(blocks(database)).hasSize(500);
            assertThat(pages(records, Filter.NONE, 120)).isEqualTo(written);
            assertThat(pages(records, new Filter(null, null, KeyId.ofName("film 499"), 0), 10))
                    .containsExactly(token(499));
        });
    }

    @Test
    void find_failsWhenItsTimeIsOver(TestDatabase databases) {
        on(databases, (database, records) -> {
            records.write(millisecondsApart(0, 10));
            assertThatThrownBy(() -> records.find(all(10), Duration.ofNanos(1)))
                    .isInstanceOf(StorageException.class)
                    .hasMessage("The search takes longer than 0 seconds");
            assertThat(records.find(all(10), Duration.ofSeconds(30)).records()).hasSize(10);
        });
    }

    @Test
    void rowsOfAnEarlierVersion_areFoundAndDeletedAsBefore(TestDatabase databases) {
        List<TokenRecord> old =
                IntStream.range(10, 40).mapToObj(SampleRecords::token).toList();
        TokenRecord ofAnother = bare(20, 7, Environment.TEST);
        try (Database database = databases.open("6")) {
            OldRows.write(database, newestFirst(old));
            OldRows.write(database, List.of(ofAnother));
        }
        on(databases, (database, records) -> {
            RecordPage before = records.find(all(5));
            assertThat(before.records()).isEqualTo(old.subList(0, 5));
            List<TokenRecord> added =
                    IntStream.range(0, 10).mapToObj(SampleRecords::token).toList();
            records.write(added);
            List<TokenRecord> both = new ArrayList<>(added);
            both.addAll(old);
            assertThat(pages(records, Filter.NONE, 7)).isEqualTo(both);
            // A cursor from before the upgrade goes on as it would have.
            assertThat(records.find(query(Filter.NONE, before.next(), 100)).records())
                    .isEqualTo(old.subList(5, 30));
            assertThat(pages(records, new Filter(null, null, KeyId.ofName("film 12"), null), 10))
                    .containsExactly(token(12));
            assertThat(records.accounts()).containsExactly(7L, ACCOUNT);
            assertThat(deleteBefore(records, NOW.minusSeconds(14))).isEqualTo(25);
            assertThat(pages(records, Filter.NONE, 7)).isEqualTo(both.subList(0, 15));
            assertThat(deleteBefore(records, NOW.minusSeconds(4))).isEqualTo(10);
            assertThat(pages(records, Filter.NONE, 7)).isEqualTo(both.subList(0, 5));
        });
    }

    @Test
    void deleteSomeBefore_inTheMiddleOfABlock_keepsTheNewerPart(TestDatabase databases) {
        on(databases, (database, records) -> {
            List<TokenRecord> written = millisecondsApart(0, 100);
            records.write(every(2, 0, written));
            records.write(every(2, 1, written));
            records.write(IntStream.range(1, 30).mapToObj(SampleRecords::token).toList());
            Instant end = NOW.plusMillis(59);
            assertThat(deleteBefore(records, end)).isEqualTo(59 + 29);
            assertThat(records.find(all(200)).records()).isEqualTo(newestFirst(written.subList(59, 100)));
            assertThat(blocks(database)).containsExactly(20, 21);
            assertThat(deleteBefore(records, NOW.plusMillis(60))).isEqualTo(1);
            assertThat(records.find(query(Filter.NONE, new RecordCursor(NOW.plusMillis(62), 1), 10))
                            .records())
                    .containsExactly(written.get(61), written.get(60));
            assertThat(deleteBefore(records, RecordQuery.LATEST)).isEqualTo(40);
            assertThat(records.accounts()).isEmpty();
        });
    }

    @Test
    void deleteSomeBefore_deletesNoMoreThanNeeded(TestDatabase databases) {
        on(databases, (database, records) -> {
            for (int second = 1; second <= 5; second++) {
                records.write(millisecondsApart(-second * 1_000L, 4));
            }
            assertThat(records.deleteSomeBefore(ACCOUNT, Environment.PRODUCTION, NOW, 5))
                    .isEqualTo(8);
            assertThat(records.find(all(100)).records()).hasSize(12);
        });
    }

    @Test
    void deletionByManyServersAtOnce_deletesTheSameRecords(TestDatabase databases) throws Exception {
        List<TokenRecord> written = millisecondsApart(0, 900);
        try (Database one = databases.open();
                Database other = databases.open()) {
            for (int block = 0; block < 9; block++) {
                records(one).write(every(9, block, written));
            }
            OldRows.write(
                    other,
                    IntStream.range(1, 200).mapToObj(SampleRecords::token).toList());
            CyclicBarrier together = new CyclicBarrier(2);
            Instant end = NOW.plusMillis(444);
            assertThat(atOnce(
                            () -> {
                                together.await();
                                return deleteBefore(records(one), end);
                            },
                            () -> {
                                together.await();
                                return deleteBefore(records(other), end);
                            }))
                    .isLessThanOrEqualTo(444 + 199);
            // A server that comes second may end early, and goes on in its next round.
            deleteBefore(records(one), end);
            assertThat(records(one).find(all(1_000)).records()).isEqualTo(newestFirst(written.subList(444, 900)));
        }
    }

    @Test
    void blockThatCannotBeRead_isReported_leftOut_andDeletedInTime(TestDatabase databases) {
        on(databases, (database, records) -> {
            records.write(millisecondsApart(0, 10));
            database.withHandle(handle -> handle.execute("update record_block set content = ?", new byte[] {1, 2}));
            List<TokenRecord> readable = millisecondsApart(100, 10);
            records.write(readable);
            assertThat(records.find(all(100)).records()).isEqualTo(newestFirst(readable));
            assertThat(log.events()).hasSize(1);
            assertThat(log.events().get(0).getFormattedMessage())
                    .startsWith("10 records of account 1001, production, from 2026-11-23T12:00:00.123456Z"
                            + " to 2026-11-23T12:00:00.132456Z cannot be read and are left out: it is damaged");
            assertThat(deleteBefore(records, NOW.plusMillis(5))).isZero();
            assertThat(deleteBefore(records, NOW.plusMillis(50))).isEqualTo(10);
            assertThat(blocks(database)).containsExactly(10);
        });
    }

    /** Something to do with the records of a database. */
    @FunctionalInterface
    private interface Work {
        void on(Database database, Records records);
    }

    private static Records records(Database database) {
        return new Records(database, (transaction, records) -> {});
    }

    private static void on(TestDatabase databases, Work work) {
        try (Database database = databases.open()) {
            work.on(database, records(database));
        }
    }

    private static List<TokenRecord> millisecondsApart(long begin, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> at(NOW.plusMillis(begin + i), "request " + (begin + i)))
                .toList();
    }

    private static List<TokenRecord> every(int step, int begin, List<TokenRecord> records) {
        return IntStream.range(0, records.size())
                .filter(i -> i % step == begin)
                .mapToObj(records::get)
                .toList();
    }

    private static List<TokenRecord> newestFirst(List<TokenRecord> records) {
        List<TokenRecord> reversed = new ArrayList<>(records);
        Collections.reverse(reversed);
        return reversed;
    }

    private static List<TokenRecord> pages(Records records, Filter filter, int size) {
        List<TokenRecord> seen = new ArrayList<>();
        RecordPage page = records.find(query(filter, null, size));
        seen.addAll(page.records());
        while (page.next() != null) {
            assertThat(page.records()).hasSize(size);
            page = records.find(
                    query(filter, RecordCursor.parse(page.next().text()).orElseThrow(), size));
            seen.addAll(page.records());
        }
        return seen;
    }

    private static List<TokenRecord> find(Records records, @Nullable Instant from, @Nullable Instant to) {
        return records.find(new RecordQuery(ACCOUNT, Environment.PRODUCTION, Filter.NONE, from, to, null, 100))
                .records();
    }

    private static int deleteBefore(Records records, Instant end) {
        int all = 0;
        int deleted = records.deleteSomeBefore(ACCOUNT, Environment.PRODUCTION, end, 50);
        while (deleted > 0) {
            all += deleted;
            deleted = records.deleteSomeBefore(ACCOUNT, Environment.PRODUCTION, end, 50);
        }
        return all;
    }

    /** The numbers of records in the blocks. */
    private static List<Integer> blocks(Database database) {
        return database.withHandle(handle -> handle.createQuery("select records from record_block order by records")
                .mapTo(Integer.class)
                .list());
    }

    /** The sum of what calls return that are made at the same time. */
    private static int atOnce(Callable<Integer> one, Callable<Integer> other) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            int sum = 0;
            for (Future<Integer> result : threads.invokeAll(List.of(one, other))) {
                sum += result.get();
            }
            return sum;
        } finally {
            threads.shutdownNow();
        }
    }
}
