package io.playgrant.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Environment;
import io.playgrant.record.RecordWriter;
import io.playgrant.record.Recording;
import io.playgrant.record.Records;
import io.playgrant.record.RedemptionRecord;
import io.playgrant.record.RedemptionRecord.Kind;
import io.playgrant.record.TokenRecord;
import io.playgrant.record.TokenRecord.Source;
import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class UsageTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-29T00:00:00Z");
    private static final Instant LATER = MIDNIGHT.plus(Duration.ofDays(1));

    private Database database;
    private Usage usage;

    @BeforeEach
    void open(TestDatabase databases) {
        database = databases.open();
        usage = new Usage(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void find_sumsUpByMinute_hour_andDayOfUtc() {
        count(
                token(NOON, 1, 0),
                token(NOON.plusSeconds(59), 1, 0),
                token(NOON.plusSeconds(60), 1, 0),
                token(NOON.plusSeconds(3_600), 2, 0),
                token(MIDNIGHT.minusNanos(1_000), 1, 0),
                token(MIDNIGHT, 1, -2019));
        assertThat(find(NOON, LATER, Grouping.MINUTE))
                .containsExactly(
                        tokens("2026-11-28T12:00:00Z", NOON, 2, 0),
                        tokens("2026-11-28T12:01:00Z", NOON.plusSeconds(60), 1, 0),
                        tokens("2026-11-28T13:00:00Z", NOON.plusSeconds(3_600), 1, 0),
                        tokens("2026-11-28T23:59:00Z", MIDNIGHT.minusSeconds(60), 1, 0),
                        tokens("2026-11-29T00:00:00Z", MIDNIGHT, 0, 1));
        assertThat(find(NOON, LATER, Grouping.HOUR))
                .containsExactly(
                        tokens("2026-11-28T12:00:00Z", NOON, 3, 0),
                        tokens("2026-11-28T13:00:00Z", NOON.plusSeconds(3_600), 1, 0),
                        tokens("2026-11-28T23:00:00Z", MIDNIGHT.minusSeconds(3_600), 1, 0),
                        tokens("2026-11-29T00:00:00Z", MIDNIGHT, 0, 1));
        assertThat(find(NOON, LATER, Grouping.DAY))
                .containsExactly(
                        tokens("2026-11-28", MIDNIGHT.minus(Duration.ofDays(1)), 5, 0),
                        tokens("2026-11-29", MIDNIGHT, 0, 1));
    }

    @Test
    void find_sumsUpByCode_source_account_andOperation() {
        count(
                token(NOON, 1002, 0),
                token(NOON, 1001, -2019),
                answer(NOON, 1001, Environment.TEST, -2019, Source.KAFKA, null),
                answer(NOON, 1001, Environment.PRODUCTION, 0, Source.HTTP, Kind.LICENSE),
                answer(NOON, 1001, Environment.PRODUCTION, 0, Source.HTTP, Kind.RENEWAL),
                answer(NOON, 1001, Environment.PRODUCTION, 0, Source.HTTP, Kind.RELEASE),
                answer(NOON, 1001, Environment.PRODUCTION, -2019, Source.HTTP, Kind.RELEASE));
        assertThat(find(NOON, LATER, Grouping.CODE))
                .containsExactly(
                        new UsageRow("-2019", null, 0, 2, 0, 0, 0, 1), new UsageRow("0", null, 1, 0, 1, 1, 1, 0));
        assertThat(find(NOON, LATER, Grouping.SOURCE))
                .containsExactly(
                        new UsageRow("http", null, 1, 1, 1, 1, 1, 1), new UsageRow("kafka", null, 0, 1, 0, 0, 0, 0));
        assertThat(find(NOON, LATER, Grouping.ACCOUNT))
                .containsExactly(
                        new UsageRow("1001", null, 0, 2, 1, 1, 1, 1), new UsageRow("1002", null, 1, 0, 0, 0, 0, 0));
        assertThat(find(NOON, LATER, Grouping.OPERATION))
                .containsExactly(
                        new UsageRow("license", null, 0, 0, 1, 0, 0, 0),
                        new UsageRow("release", null, 0, 0, 0, 0, 1, 1),
                        new UsageRow("renewal", null, 0, 0, 0, 1, 0, 0),
                        new UsageRow("token", null, 1, 2, 0, 0, 0, 0));
        assertThat(usage.find(new UsageQuery(
                        OptionalLong.of(1001), Optional.of(Environment.TEST), NOON, LATER, Grouping.CODE)))
                .containsExactly(new UsageRow("-2019", null, 0, 1, 0, 0, 0, 0));
        assertThat(usage.accounts()).containsExactly(1001L, 1002L);
        assertThat(usage.find(new UsageQuery(OptionalLong.of(0), Optional.empty(), NOON, LATER, Grouping.CODE)))
                .as("no account has this number")
                .isEmpty();
    }

    @Test
    void find_isExact_forPeriodsOfAnyMinutes() {
        Random random = new Random(16);
        List<TokenRecord> records = IntStream.range(0, 2_000)
                .mapToObj(i -> token(NOON.plusSeconds(random.nextInt(30 * 3_600)), 1001 + random.nextInt(3), 0))
                .toList();
        count(records.toArray(TokenRecord[]::new));
        for (int i = 0; i < 200; i++) {
            Instant from = NOON.plusSeconds(60L * random.nextInt(31 * 60));
            Instant to = from.plusSeconds(60L * random.nextInt(i < 100 ? 150 : 1_500));
            long expected = records.stream()
                    .filter(record ->
                            !record.time().isBefore(from) && record.time().isBefore(to))
                    .count();
            for (Grouping by : Grouping.values()) {
                assertThat(find(from, to, by).stream().mapToLong(UsageRow::answers))
                        .as("%s to %s by %s", from, to, by)
                        .satisfies(sums -> assertThat(
                                        sums.stream().mapToLong(Long::longValue).sum())
                                .isEqualTo(expected));
            }
        }
    }

    @Test
    void find_extendsThePeriodToWholeMinutes() {
        count(token(NOON, 1, 0), token(NOON.plusSeconds(119), 1, 0), token(NOON.plusSeconds(120), 1, 0));
        assertThat(find(NOON.plusSeconds(30), NOON.plusSeconds(61), Grouping.CODE))
                .containsExactly(tokens("0", null, 2, 0));
        assertThat(find(NOON, NOON, Grouping.CODE)).isEmpty();
        assertThat(find(LATER, NOON, Grouping.DAY)).isEmpty();
    }

    @Test
    void writer_countsWhatItWrites_andNothingThatTheTableRefuses() {
        database.withHandle(
                handle -> handle.execute("alter table record_block add constraint no_seventh check (account <> 7)"));
        try (RecordWriter writer = new RecordWriter(new Records(database, usage::count), Recording.ASYNC)) {
            writer.add(IntStream.range(0, 100)
                    .mapToObj(account -> token(NOON, account + 1, 0))
                    .toList());
        }
        assertThat(find(NOON, LATER, Grouping.CODE)).containsExactly(tokens("0", null, 99, 0));
        assertThat(usage.accounts()).hasSize(99).doesNotContain(7L);
    }

    @Test
    void writer_countsOnce_whatItTriesAgain() {
        database.withHandle(handle -> handle.execute("alter table usage_hour rename to away"));
        try (RecordWriter writer = new RecordWriter(new Records(database, usage::count), Recording.ASYNC)) {
            writer.add(List.of(token(NOON, 1, 0), token(NOON, 2, 0)));
            await().atMost(Duration.ofSeconds(20)).until(() -> writer.failures() > 1);
            assertThat(find(NOON, NOON.plusSeconds(60), Grouping.MINUTE)).isEmpty();
            database.withHandle(handle -> handle.execute("alter table away rename to usage_hour"));
        }
        assertThat(find(NOON, LATER, Grouping.MINUTE)).containsExactly(tokens("2026-11-28T12:00:00Z", NOON, 2, 0));
        assertThat(find(NOON, LATER, Grouping.CODE)).containsExactly(tokens("0", null, 2, 0));
    }

    @Test
    void synchronousWriter_hasCountedWhenItReturns() {
        try (RecordWriter writer = new RecordWriter(new Records(database, usage::count), Recording.SYNC)) {
            writer.add(token(NOON, 1, 0));
            assertThat(find(NOON, LATER, Grouping.CODE)).containsExactly(tokens("0", null, 1, 0));
        }
    }

    @Test
    void failedTransaction_countsNothing() {
        try {
            database.inTransaction(handle -> {
                usage.count(handle, List.of(token(NOON, 1, 0)));
                throw new IllegalStateException("as it is");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("as it is");
        }
        assertThat(find(NOON, LATER, Grouping.CODE)).isEmpty();
        assertThat(usage.accounts()).isEmpty();
    }

    @Test
    void manyNodesAtOnce_loseNothing_andDoNotWaitForEachOther(TestDatabase databases) throws Exception {
        int nodes = 4;
        int transactions = 25;
        CyclicBarrier together = new CyclicBarrier(nodes);
        ExecutorService threads = Executors.newFixedThreadPool(nodes);
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (int node = 0; node < nodes; node++) {
                Random random = new Random(node);
                all.add(threads.submit(counting(databases, together, random, transactions)));
            }
            for (Future<Integer> one : all) {
                assertThat(one.get()).isEqualTo(transactions);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(find(NOON, LATER, Grouping.CODE)).containsExactly(tokens("0", null, 30L * nodes * transactions, 0));
        assertThat(find(NOON, LATER, Grouping.ACCOUNT))
                .hasSize(30)
                .extracting(UsageRow::tokens)
                .containsOnly((long) nodes * transactions);
    }

    /** Counts a token of each of 30 accounts in each transaction, in an order of its own. Every fifth transaction begins a new minute. */
    private static Callable<Integer> counting(
            TestDatabase databases, CyclicBarrier together, Random random, int transactions) {
        return () -> {
            try (Database node = databases.open()) {
                Usage usage = new Usage(node);
                for (int i = 0; i < transactions; i++) {
                    Instant minute = NOON.plusSeconds(60L * (i / 5));
                    List<TokenRecord> records = new ArrayList<>(IntStream.range(1, 31)
                            .mapToObj(account -> token(minute, account, 0))
                            .toList());
                    Collections.shuffle(records, random);
                    together.await();
                    node.inTransaction(handle -> {
                        usage.count(handle, records);
                        return records.size();
                    });
                }
            }
            return transactions;
        };
    }

    private void count(TokenRecord... records) {
        database.inTransaction(handle -> {
            usage.count(handle, List.of(records));
            return records.length;
        });
    }

    private List<UsageRow> find(Instant from, Instant to, Grouping by) {
        return usage.find(UsageQuery.ofAll(from, to, by));
    }

    private static UsageRow tokens(String key, @Nullable Instant start, long issued, long refused) {
        return new UsageRow(key, start, issued, refused, 0, 0, 0, 0);
    }

    private static TokenRecord token(Instant time, long account, int code) {
        return answer(time, account, Environment.PRODUCTION, code, Source.HTTP, null);
    }

    static TokenRecord answer(
            Instant time, long account, Environment environment, int code, Source source, @Nullable Kind kind) {
        return new TokenRecord(
                time,
                "id",
                null,
                account,
                environment,
                code,
                List.of(),
                null,
                null,
                source,
                null,
                kind == null ? null : new RedemptionRecord(kind, null, null, null, null));
    }
}
