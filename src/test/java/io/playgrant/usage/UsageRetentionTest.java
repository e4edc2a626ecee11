package io.playgrant.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Environment;
import io.playgrant.record.TokenRecord;
import io.playgrant.record.TokenRecord.Source;
import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.TestDatabase;
import io.playgrant.time.Schedule;
import io.playgrant.usage.RequestTimes.Bucket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class UsageRetentionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-11-29T18:30:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Instant CUTOFF = Instant.parse("2026-11-19T00:00:00Z");
    private static final Instant TIMES_CUTOFF = Instant.parse("2026-11-21T00:00:00Z");

    @AutoClose
    private final Schedule schedule = new Schedule();

    private Database database;
    private Usage usage;
    private RequestTimes times;

    @BeforeEach
    void open(TestDatabase databases) {
        database = databases.open();
        usage = new Usage(database);
        times = new RequestTimes(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void oldCountsAndTimes_areDeleted_byWholeDays() {
        List<TokenRecord> records = new ArrayList<>();
        for (int minutes = -3_000; minutes < 3_000; minutes += 7) {
            records.add(record(CUTOFF.plusSeconds(60L * minutes), 1001 + Math.floorMod(minutes, 3)));
        }
        records.add(record(CUTOFF, 1001));
        database.inTransaction(handle -> {
            usage.count(handle, records);
            return records.size();
        });
        times.add(List.of(
                new Bucket("http", TIMES_CUTOFF.minusSeconds(1), 500, 1),
                new Bucket("http", TIMES_CUTOFF, 500, 1),
                new Bucket("license", TIMES_CUTOFF.minus(Duration.ofDays(9)), 500, 1)));
        long young = records.stream()
                .filter(record -> !record.time().isBefore(CUTOFF))
                .count();

        try (UsageRetention retention = retention(Optional.of(Duration.ofDays(10)))) {
            assertThat(retention).isNotNull();
            await().atMost(PATIENCE).until(() -> count("request_time_hour") == 1);
        }
        for (Grouping by : List.of(Grouping.MINUTE, Grouping.HOUR, Grouping.ACCOUNT)) {
            assertThat(usage.find(UsageQuery.ofAll(Instant.EPOCH, NOW, by)).stream()
                            .mapToLong(UsageRow::answers)
                            .sum())
                    .as("by %s", by)
                    .isEqualTo(young);
        }
        assertThat(usage.find(UsageQuery.ofAll(Instant.EPOCH, NOW, Grouping.MINUTE))
                        .get(0)
                        .start())
                .isEqualTo(CUTOFF);
        assertThat(count("request_time_minute")).isEqualTo(1);
    }

    @Test
    void countsThatAreKeptForEver_areNotDeleted() {
        database.inTransaction(handle -> {
            usage.count(handle, List.of(record(Instant.parse("2001-01-01T00:00:00Z"), 1001)));
            return handle;
        });
        times.add(List.of(new Bucket("http", Instant.parse("2001-01-01T00:00:00Z"), 500, 1)));
        try (UsageRetention retention = retention(Optional.empty())) {
            assertThat(retention).isNotNull();
            await().atMost(PATIENCE).until(() -> count("request_time_hour") == 0);
        }
        assertThat(count("usage_minute")).isEqualTo(2);
        assertThat(count("usage_hour")).isEqualTo(2);
        assertThat(count("usage_total")).isEqualTo(1);
    }

    private UsageRetention retention(Optional<Duration> kept) {
        return new UsageRetention(database, kept, CLOCK, schedule);
    }

    private static TokenRecord record(Instant time, long account) {
        return UsageTest.answer(time, account, Environment.PRODUCTION, 0, Source.HTTP, null);
    }

    private long count(String table) {
        return database.withHandle(handle -> handle.createQuery("select count(*) from " + table)
                .mapTo(Long.class)
                .one());
    }
}
