package io.playgrant.record;

import static io.playgrant.record.SampleRecords.ACCOUNT;
import static io.playgrant.record.SampleRecords.NOW;
import static io.playgrant.record.SampleRecords.licence;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import io.playgrant.record.RecordQuery.Filter;
import io.playgrant.record.TokenRecord.Operation;
import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Searches over all accounts, and within a budget. */
@EachDatabase
class RecordSearchTest {

    private static final Duration PLENTY = Duration.ofMinutes(1);
    private static final int ROUNDS = 60;

    private final Random random = new Random(16);
    private Database database;
    private Records records;

    @BeforeEach
    void open(TestDatabase databases) {
        database = databases.open();
        records = new Records(database, (transaction, written) -> {});
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void find_withoutAccountOrEnvironment_searchesAll() {
        TokenRecord one = record(NOW, 1, Environment.PRODUCTION, "a", 0);
        TokenRecord two = record(NOW.minusSeconds(1), 2, Environment.TEST, "b", 0);
        TokenRecord three = record(NOW.minusSeconds(2), 1, Environment.TEST, "c", 0);
        TokenRecord four = record(NOW.minusSeconds(3), 2, Environment.PRODUCTION, "d", 0);
        OldRows.write(database, List.of(three));
        records.write(List.of(four, one, two));

        assertThat(find(null, null, Filter.NONE)).containsExactly(one, two, three, four);
        assertThat(find(null, Environment.TEST, Filter.NONE)).containsExactly(two, three);
        assertThat(find(1L, null, Filter.NONE)).containsExactly(one, three);
        assertThat(find(2L, Environment.PRODUCTION, Filter.NONE)).containsExactly(four);
        assertThat(find(3L, null, Filter.NONE)).isEmpty();
    }

    @Test
    void find_looksForRequestIdContentIdAddressAndOperation() {
        TokenRecord token = record(NOW, 1, Environment.PRODUCTION, "0123abcd", 0);
        TokenRecord text = SampleRecords.withTexts(token, "Job-7", "Film & 1", "c");
        TokenRecord redeemed = SampleRecords.redemption(token, 5, -4010, licence());
        TokenRecord old = SampleRecords.withTexts(token, "old", "Film & 1", "c");
        records.write(List.of(token, text, redeemed));
        OldRows.write(database, List.of(old));

        assertThat(find(Filter.NONE.withRequestId("0123abcd"))).containsExactly(token);
        assertThat(find(Filter.NONE.withRequestId("Job-7"))).containsExactly(text);
        assertThat(find(Filter.NONE.withRequestId("Job"))).isEmpty();
        assertThat(find(Filter.NONE.withContentId("Film & 1"))).containsExactly(text, old);
        assertThat(find(Filter.NONE.withAddress("192.0.2.2"))).containsExactly(redeemed);
        assertThat(find(Filter.NONE.withAnyId(KeyId.ofName("film").toString())))
                .containsExactlyInAnyOrder(token, text, old, redeemed);
        assertThat(find(Filter.NONE.withAnyId("00112233445566778899aabbccddeeff")))
                .isEmpty();
        assertThat(find(Filter.NONE.withOperation(Operation.LICENSE))).containsExactly(redeemed);
        assertThat(find(Filter.NONE.withOperation(Operation.RENEWAL))).isEmpty();
        assertThat(find(Filter.NONE.withOperation(Operation.TOKEN).withContentId("content")))
                .containsExactly(token);
    }

    @Test
    void search_withTimeToSpare_isAPageOfTheWholeSearch() {
        fill();
        RecordQuery query = query(null, null, Filter.NONE, null, null, null, 10);

        assertThat(records.search(query, PLENTY)).isEqualTo(records.find(query));
        assertThat(records.search(query, PLENTY).searchedTo()).isNull();
    }

    @Test
    void search_withoutAnyTime_saysHowFarItGot_andGoesOnThere() {
        TokenRecord newest = record(NOW, 1, Environment.PRODUCTION, "newest", 0);
        TokenRecord older = record(NOW.minusSeconds(10), 1, Environment.PRODUCTION, "older", 0);
        records.write(List.of(older, newest));

        RecordPage first = search(Filter.NONE, null);
        assertThat(first).isEqualTo(new RecordPage(List.of(), new RecordCursor(NOW, 0), NOW));
        RecordPage second = search(Filter.NONE, first.next());
        assertThat(second).isEqualTo(new RecordPage(List.of(newest), new RecordCursor(older.time(), 0), older.time()));
        assertThat(search(Filter.NONE, second.next())).isEqualTo(new RecordPage(List.of(older), null, null));
    }

    @Test
    void search_inSmallBudgets_findsWhatTheWholeSearchFinds() {
        fill();
        for (int round = 0; round < ROUNDS; round++) {
            RecordQuery query = anyQuery();
            List<TokenRecord> whole = records.find(new RecordQuery(
                            query.account(),
                            query.environment(),
                            query.filter(),
                            query.from(),
                            query.to(),
                            null,
                            100_000))
                    .records();

            assertThat(inSteps(query)).as("round %d", round).isEqualTo(whole);
        }
    }

    @Test
    void search_findsNothingTwice_whenRecordsArriveMeanwhile() {
        fill();
        List<TokenRecord> before = find(null, null, Filter.NONE);
        RecordPage page = records.search(query(null, null, Filter.NONE, null, null, null, 7), PLENTY);
        List<TokenRecord> seen = new ArrayList<>(page.records());
        while (page.next() != null) {
            records.write(List.of(record(NOW.plusSeconds(seen.size()), 9, Environment.TEST, "late", 0)));
            page = records.search(query(null, null, Filter.NONE, null, null, page.next(), 7), Duration.ZERO);
            seen.addAll(page.records());
        }
        assertThat(seen).isEqualTo(before);
    }

    /** All pages of a query, each with a budget that is spent at once or never. */
    private List<TokenRecord> inSteps(RecordQuery query) {
        List<TokenRecord> seen = new ArrayList<>();
        @Nullable RecordCursor before = null;
        do {
            RecordPage page = records.search(
                    query(
                            query.account(),
                            query.environment(),
                            query.filter(),
                            query.from(),
                            query.to(),
                            before,
                            query.limit()),
                    random.nextInt(4) == 0 ? PLENTY : Duration.ZERO);
            assertThat(page.records()).hasSizeLessThanOrEqualTo(query.limit());
            if (page.searchedTo() != null) {
                Instant reached = page.searchedTo();
                assertThat(page.records()).allMatch(record -> record.time().isAfter(reached));
                assertThat(before)
                        .as("progress")
                        .satisfiesAnyOf(
                                cursor -> assertThat(cursor).isNull(),
                                cursor -> assertThat(cursor.time()).isAfter(reached));
            }
            seen.addAll(page.records());
            before = page.next() == null
                    ? null
                    : RecordCursor.parse(page.next().text()).orElseThrow();
        } while (before != null);
        return seen;
    }

    /** Blocks that overlap, rows of earlier versions, records of the same microsecond, and gaps. */
    private void fill() {
        List<TokenRecord> old = new ArrayList<>();
        Instant time = NOW.minusSeconds(100);
        for (int batch = 0; batch < 40; batch++) {
            List<TokenRecord> written = new ArrayList<>();
            Instant begin = time.plusMillis(random.nextInt(3_000));
            for (int i = 0; i < 1 + random.nextInt(20); i++) {
                Instant at = begin.plusNanos(random.nextInt(5) * 300_000_000L / (1 + random.nextInt(3)));
                written.add(record(
                        at,
                        1 + random.nextInt(3),
                        random.nextInt(4) == 0 ? Environment.TEST : Environment.PRODUCTION,
                        batch + "-" + i,
                        random.nextInt(3) == 0 ? -4018 : 0));
            }
            if (random.nextInt(8) == 0) {
                old.addAll(written);
            } else {
                records.write(written);
            }
            if (random.nextInt(3) == 0) {
                time = begin;
            }
        }
        OldRows.write(database, old);
    }

    private RecordQuery anyQuery() {
        Filter filter = Filter.NONE;
        if (random.nextInt(2) == 0) {
            filter = new Filter(null, null, random.nextBoolean() ? KeyId.ofName("film") : null, -4018);
        }
        Instant from = random.nextInt(3) == 0 ? NOW.minusSeconds(random.nextInt(100)) : null;
        Instant to = random.nextInt(3) == 0 ? NOW.minusMillis(random.nextInt(100_000)) : null;
        return query(
                random.nextBoolean() ? null : Long.valueOf(1 + random.nextInt(4)),
                random.nextBoolean() ? null : random.nextBoolean() ? Environment.TEST : Environment.PRODUCTION,
                filter,
                from,
                to,
                null,
                1 + random.nextInt(12));
    }

    private RecordPage search(Filter filter, @Nullable RecordCursor before) {
        return records.search(query(null, null, filter, null, null, before, 10), Duration.ZERO);
    }

    private List<TokenRecord> find(Filter filter) {
        return find(null, null, filter);
    }

    private List<TokenRecord> find(@Nullable Long account, @Nullable Environment environment, Filter filter) {
        return records.find(query(account, environment, filter, null, null, null, 10_000))
                .records();
    }

    private static RecordQuery query(
            @Nullable Long account,
            @Nullable Environment environment,
            Filter filter,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable RecordCursor before,
            int limit) {
        return new RecordQuery(account, environment, filter, from, to, before, limit);
    }

    private static TokenRecord record(Instant time, long account, Environment environment, String id, int code) {
        return new TokenRecord(
                time,
                id,
                null,
                account,
                environment,
                code,
                List.of(KeyId.ofName("film")),
                "content",
                "cookie",
                TokenRecord.Source.HTTP,
                "192.0.2.1",
                null);
    }

    @Test
    void pagesOfAllAccounts_areReadInTheOrderOfAnIndex() {
        records.write(IntStream.range(0, 3_000)
                .mapToObj(i -> record(NOW.minusSeconds(i), ACCOUNT + i % 7, Environment.PRODUCTION, "id", 0))
                .toList());
        database.withHandle(handle -> handle.execute("analyze"));
        String all = plan("newest desc, id desc", "");
        String ofOne =
                plan("account, environment, newest desc, id desc", "account = 1001 and environment = 'production' and");

        assertThat(all).containsIgnoringCase("record_block_by_time").doesNotContain("Sort");
        assertThat(ofOne)
                .containsIgnoringCase("record_block_by_account_and_time")
                .doesNotContain("Sort  ");
    }

    private String plan(String order, String owner) {
        List<String> lines = database.withHandle(handle -> handle.createQuery("""
                        explain select * from record_block
                         where %s newest >= timestamp with time zone '2020-01-01 00:00:00Z'
                           and oldest <= timestamp with time zone '2026-11-23 12:00:00Z'
                           and newest <= timestamp with time zone '2026-11-23 12:00:00Z'
                           and (newest < timestamp with time zone '2026-11-23 12:00:00Z' or id < 5)
                         order by %s fetch first 32 rows only
                        """.formatted(owner, order))
                .mapTo(String.class)
                .list());
        return String.join("\n", lines);
    }
}
