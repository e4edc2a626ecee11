package io.playgrant.record;

import static io.playgrant.record.SampleRecords.ACCOUNT;
import static io.playgrant.record.SampleRecords.NOW;
import static io.playgrant.record.SampleRecords.all;
import static io.playgrant.record.SampleRecords.at;
import static io.playgrant.record.SampleRecords.bare;
import static io.playgrant.record.SampleRecords.licence;
import static io.playgrant.record.SampleRecords.query;
import static io.playgrant.record.SampleRecords.redemption;
import static io.playgrant.record.SampleRecords.token;
import static io.playgrant.record.SampleRecords.withTexts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import io.playgrant.record.RecordQuery.Filter;
import io.playgrant.record.RedemptionRecord.Kind;
import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.TestDatabase;
import io.playgrant.time.Schedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class RecordsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @AutoClose
    private final Schedule schedule = new Schedule();

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
    void write_keepsAllOfARecord() {
        List<TokenRecord> written = List.of(token(1), bare(2, ACCOUNT, Environment.PRODUCTION));
        records.write(written);
        assertThat(records.find(all(10))).isEqualTo(new RecordPage(written, null));
    }

    @Test
    void write_takesWhateverAClientSends_andSpoilsNoOther() {
        List<TokenRecord> written = List.of(
                token(1),
                withTexts(token(2), "a\0b", "\ud83c", "\udfac\ud83c"),
                withTexts(token(3), "r".repeat(200), "🎬".repeat(64), "c".repeat(16_000)),
                withTexts(token(4), "", "x🎬".repeat(100), "'; drop table record; --"),
                token(5));
        records.write(written);
        List<TokenRecord> found = records.find(all(10)).records();
        assertThat(found).isEqualTo(written);
        assertThat(found.get(1).requestId()).isEqualTo("a\ufffdb");
        assertThat(found.get(1).contentId()).isEqualTo("\ufffd");
        assertThat(found.get(1).cookie()).isEqualTo("\ufffd\ufffd");
        assertThat(found.get(2).requestId()).isEqualTo("r".repeat(128));
        assertThat(found.get(2).contentId()).isEqualTo("🎬".repeat(64));
        assertThat(found.get(2).cookie()).isEqualTo("c".repeat(64));
        assertThat(found.get(3).contentId()).isEqualTo("x🎬".repeat(42) + "x\ufffd");
    }

    @Test
    void recordThatTheTableRefuses_isDropped_andHoldsUpNoOther() {
        List<TokenRecord> all = IntStream.range(0, 100)
                .mapToObj(number -> at(NOW.plusMillis(number), "request " + number))
                .toList();
        String seventh = all.get(7).time().toString();
        database.withHandle(handle -> handle.execute("alter table record_block add constraint no_seventh check"
                + " (oldest > timestamp with time zone '" + seventh + "' or newest < timestamp with time zone '"
                + seventh + "')"));
        try (RecordWriter writer = new RecordWriter(records, Recording.ASYNC)) {
            writer.add(all);
            await().atMost(PATIENCE).until(() -> writer.waiting() == 0);
            assertThat(writer.dropped()).isEqualTo(1);
            assertThat(writer.written()).isEqualTo(99);
        }
        List<TokenRecord> stored = new ArrayList<>(all);
        stored.remove(7);
        Collections.reverse(stored);
        assertThat(records.find(all(200)).records()).isEqualTo(stored);
    }

    @Test
    void write_keepsSixteenKids() {
        List<KeyId> kids =
                IntStream.range(0, 17).mapToObj(i -> KeyId.ofName("film " + i)).toList();
        TokenRecord one = token(1);
        records.write(List.of(new TokenRecord(
                one.time(),
                one.requestId(),
                one.tokenId(),
                ACCOUNT,
                one.environment(),
                0,
                kids,
                null,
                null,
                TokenRecord.Source.BATCH,
                null,
                null)));
        assertThat(records.find(all(1)).records().get(0).kids()).isEqualTo(kids.subList(0, 16));
    }

    @Test
    void find_givesTheNewestFirst_inPages_alsoOfTheSameTime() {
        List<TokenRecord> written = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            written.add(withTexts(token(i / 10), "request " + i, "c", "c"));
        }
        records.write(written);
        List<TokenRecord> seen = new ArrayList<>();
        RecordPage page = records.find(all(7));
        seen.addAll(page.records());
        while (page.next() != null) {
            assertThat(page.records()).hasSize(7);
            page = records.find(
                    query(Filter.NONE, RecordCursor.parse(page.next().text()).orElseThrow(), 7));
            seen.addAll(page.records());
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(written);
        assertThat(seen).extracting(TokenRecord::time).isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(page.records()).hasSize(4);
    }

    @Test
    void find_givesNoNextPage_whereThereIsNone() {
        records.write(List.of(token(1), token(2)));
        assertThat(records.find(all(2)).next()).isNull();
        assertThat(records.find(all(1)).next()).isNotNull();
    }

    @Test
    void find_isForOneAccountAndEnvironment() {
        records.write(
                List.of(bare(1, ACCOUNT, Environment.TEST), bare(1, ACCOUNT + 1, Environment.PRODUCTION), token(1)));
        assertThat(records.find(all(10)).records()).containsExactly(token(1));
        assertThat(records.find(new RecordQuery(ACCOUNT, Environment.TEST, Filter.NONE, null, null, null, 10))
                        .records())
                .containsExactly(bare(1, ACCOUNT, Environment.TEST));
    }

    @Test
    void find_looksForWhatIsAskedFor() {
        TokenRecord refused = bare(3, ACCOUNT, Environment.PRODUCTION);
        records.write(List.of(token(1), token(2), refused));
        assertThat(find(new Filter("cookie 1", null, null, null))).containsExactly(token(1));
        assertThat(find(new Filter(null, token(2).tokenId(), null, null))).containsExactly(token(2));
        assertThat(find(new Filter(null, null, KeyId.ofName("film 2"), null))).containsExactly(token(2));
        assertThat(find(new Filter(null, null, KeyId.ofName("film"), null))).containsExactly(token(1), token(2));
        assertThat(find(new Filter(null, null, null, -4018))).containsExactly(refused);
        assertThat(find(new Filter(null, null, null, 0))).containsExactly(token(1), token(2));
        assertThat(find(new Filter("cookie 1", null, KeyId.ofName("film 2"), 0)))
                .isEmpty();
        assertThat(find(new Filter("cookie", null, null, null))).isEmpty();
    }

    @Test
    void find_givesTheIssueOfATokenAndItsRedemptions() {
        TokenRecord licence = redemption(token(3), 2, 0, licence());
        TokenRecord refused = redemption(
                token(3),
                1,
                -4010,
                new RedemptionRecord(Kind.LICENSE, "no redemptions are left, maxRedemptions is 1", null, null, null));
        records.write(List.of(token(3)));
        records.write(List.of(licence, refused, redemption(token(4), 1, 0, licence())));
        assertThat(find(new Filter(null, token(3).tokenId(), null, null))).containsExactly(refused, licence, token(3));
        assertThat(find(new Filter("cookie 3", null, null, null))).containsExactly(refused, licence, token(3));
        assertThat(find(new Filter(null, token(3).tokenId(), null, -4010))).containsExactly(refused);
    }

    @Test
    void find_looksForCookiesAsTheyAreStored() {
        TokenRecord odd = withTexts(token(1), "id", "c", "a\0" + "b".repeat(100));
        records.write(List.of(odd));
        assertThat(find(new Filter("a\0" + "b".repeat(100), null, null, null))).containsExactly(odd);
    }

    @Test
    void find_keepsToItsTime() {
        records.write(List.of(token(1), token(2), token(3)));
        assertThat(find(NOW.minusSeconds(2), null)).containsExactly(token(1), token(2));
        assertThat(find(null, NOW.minusSeconds(2))).containsExactly(token(3));
        assertThat(find(NOW.minusSeconds(2), NOW.minusSeconds(1))).containsExactly(token(2));
        assertThat(find(RecordQuery.EARLIEST, RecordQuery.LATEST)).hasSize(3);
    }

    @Test
    void accounts_areThoseThatHaveRecords() {
        assertThat(records.accounts()).isEmpty();
        records.write(List.of(
                bare(1, 7, Environment.TEST),
                bare(1, 3, Environment.PRODUCTION),
                bare(2, 7, Environment.PRODUCTION),
                bare(3, 7, Environment.TEST)));
        assertThat(records.accounts()).containsExactly(3L, 7L);
    }

    @Test
    void deleteSomeBefore_leavesNothingOlder_andAllThatIsNewer() {
        List<TokenRecord> written =
                IntStream.range(0, 25).mapToObj(SampleRecords::token).toList();
        records.write(written);
        records.write(List.of(bare(20, ACCOUNT, Environment.TEST)));
        Instant end = NOW.minusSeconds(4);
        assertThat(records.deleteSomeBefore(ACCOUNT, Environment.PRODUCTION, end, 10))
                .isEqualTo(10);
        assertThat(records.deleteSomeBefore(ACCOUNT, Environment.PRODUCTION, end, 10))
                .isEqualTo(10);
        assertThat(records.deleteSomeBefore(ACCOUNT, Environment.PRODUCTION, end, 10))
                .isZero();
        assertThat(records.find(all(100)).records()).isEqualTo(written.subList(0, 5));
        assertThat(records.accounts()).containsExactly(ACCOUNT);
    }

    @Test
    void retention_deletesWhatIsTooOld_andAllOfAccountsThatAreNoMore() {
        database.inTransaction(handle -> handle.execute("""
                insert into account (number, name, profile, enabled, widevine, networks, created_at, revision)
                values (?, 'Sample', 'strict', true, true, '', current_timestamp, 0)
                """, ACCOUNT));
        records.write(IntStream.range(0, 2_500).mapToObj(i -> token(i)).toList());
        records.write(List.of(bare(0, ACCOUNT + 1, Environment.TEST), bare(3_000, ACCOUNT, Environment.TEST)));
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        try (RecordRetention forEver = new RecordRetention(records, Optional.empty(), clock, schedule)) {
            await().atMost(PATIENCE).until(() -> records.accounts().equals(List.of(ACCOUNT)));
            assertThat(records.find(all(3_000)).records()).hasSize(2_500);
            assertThat(forEver).isNotNull();
        }
        try (RecordRetention some =
                new RecordRetention(records, Optional.of(Duration.ofSeconds(10)), clock, schedule)) {
            await().atMost(PATIENCE)
                    .until(() -> records.find(all(3_000)).records().size() == 11
                            && records.find(new RecordQuery(
                                            ACCOUNT, Environment.TEST, Filter.NONE, null, null, null, 1))
                                    .records()
                                    .isEmpty());
            assertThat(some).isNotNull();
        }
    }

    private List<TokenRecord> find(Filter filter) {
        return records.find(query(filter, null, 10)).records();
    }

    private List<TokenRecord> find(@Nullable Instant from, @Nullable Instant to) {
        return records.find(new RecordQuery(ACCOUNT, Environment.PRODUCTION, Filter.NONE, from, to, null, 10))
                .records();
    }
}
