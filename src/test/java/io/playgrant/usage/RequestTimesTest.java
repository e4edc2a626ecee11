package io.playgrant.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.TestDatabase;
import io.playgrant.usage.RequestTimes.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class RequestTimesTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private Database database;
    private RequestTimes times;

    @BeforeEach
    void open(TestDatabase databases) {
        database = databases.open();
        times = new RequestTimes(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void find_interpolatesWithinTheBucket() {
        times.add(List.of(new Bucket("http", NOON, 1_000, 100)));
        assertThat(times.find(NOON, NOON.plus(MINUTE), MINUTE, "http"))
                .containsExactly(new RequestTime(NOON, 100, Duration.ofNanos(750_000), Duration.ofNanos(995_000)));
    }

    @Test
    void find_takesTheFirstBucketFromZero_andTheLastBoundForTheSlowest() {
        times.add(List.of(new Bucket("http", NOON, 250, 50), new Bucket("http", NOON, RequestTimes.SLOWEST, 50)));
        assertThat(times.find(NOON, NOON.plus(MINUTE), MINUTE, "http"))
                .containsExactly(new RequestTime(NOON, 100, Duration.ofNanos(250_000), Duration.ofSeconds(10)));
    }

    @Test
    void find_mergesNodesAndMinutes_ofOneSource(TestDatabase databases) {
        try (Database other = databases.open()) {
            times.add(List.of(
                    new Bucket("http", NOON.plusSeconds(59), 500, 1),
                    new Bucket("http", NOON.plusSeconds(60), 500, 1),
                    new Bucket("rights", NOON, 500, 7)));
            new RequestTimes(other).add(List.of(new Bucket("http", NOON, 500, 1), new Bucket("http", NOON, 250, 1)));
            assertThat(times.find(NOON, NOON.plus(HOUR), MINUTE, "http"))
                    .extracting(RequestTime::start, RequestTime::requests)
                    .containsExactly(tuple(NOON, 3L), tuple(NOON.plus(MINUTE), 1L));
            assertThat(times.find(NOON, NOON.plus(HOUR), Duration.ofMinutes(5), "http"))
                    .containsExactly(new RequestTime(NOON, 4, Duration.ofNanos(333_333), Duration.ofNanos(496_667)));
            assertThat(times.find(NOON, NOON.plus(HOUR), HOUR, "http"))
                    .containsExactly(new RequestTime(NOON, 4, Duration.ofNanos(333_333), Duration.ofNanos(496_667)));
            assertThat(times.find(NOON.plus(HOUR), NOON.plus(HOUR.multipliedBy(2)), HOUR, "http"))
                    .isEmpty();
        }
    }

    @Test
    void find_beginsAtAWholeStep() {
        times.add(List.of(new Bucket("http", NOON, 500, 1)));
        assertThat(times.find(NOON.plusSeconds(59 * 60), NOON.plus(HOUR), HOUR, "http"))
                .extracting(RequestTime::start)
                .containsExactly(NOON);
        assertThat(times.find(NOON.plusSeconds(59), NOON.plusSeconds(59), MINUTE, "http"))
                .extracting(RequestTime::start)
                .containsExactly(NOON);
    }
}
