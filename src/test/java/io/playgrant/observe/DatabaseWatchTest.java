package io.playgrant.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.playgrant.CapturedLog;
import io.playgrant.storage.DatabaseBulkhead;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Schedule;
import io.playgrant.token.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatabaseWatchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @AutoClose
    private final Schedule schedule = new Schedule();

    private final SettableClock clock = new SettableClock(NOW, Duration.ZERO);

    @RegisterExtension
    final CapturedLog log = CapturedLog.of(DatabaseWatch.class);

    @Test
    void databaseThatFails_isAProblem_andToldOnce_untilItAnswersAgain() {
        AtomicBoolean fails = new AtomicBoolean();
        AtomicInteger asked = new AtomicInteger();
        try (DatabaseWatch watch = watch(() -> {
            asked.incrementAndGet();
            if (fails.get()) {
                throw new StorageException("It is away");
            }
        })) {
            assertThat(watch.problem()).isEmpty();
            fails.set(true);
            await().atMost(PATIENCE).until(() -> watch.problem().isPresent());
            assertThat(watch.problem()).contains("the database is out of reach since 2026-11-23T12:00:00Z: It is away");
            clock.set(NOW.plusSeconds(75));
            int before = asked.get();
            await().atMost(PATIENCE).until(() -> asked.get() >= before + 2);
            fails.set(false);
            await().atMost(PATIENCE).until(() -> watch.problem().isEmpty());
        }
        assertThat(log.events())
                .extracting(ILoggingEvent::toString)
                .containsExactly(
                        "[ERROR] The database is out of reach. It is away",
                        "[INFO] The database answers again, after 75 seconds");
    }

    @Test
    void databaseThatHangs_isAProblem_untilItAnswers() {
        CountDownLatch letGo = new CountDownLatch(1);
        try (DatabaseWatch watch = watch(() -> {
            try {
                letGo.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            await().atMost(PATIENCE).until(() -> watch.problem().isPresent());
            assertThat(watch.problem())
                    .contains(
                            "the database is out of reach since 2026-11-23T12:00:00Z: The database has not answered within 0 seconds");
            letGo.countDown();
            await().atMost(PATIENCE).until(() -> watch.problem().isEmpty());
        }
        assertThat(log.events())
                .extracting(ILoggingEvent::toString)
                .containsExactly(
                        "[ERROR] The database is out of reach. The database has not answered within 0 seconds",
                        "[INFO] The database answers again, after 0 seconds");
    }

    private DatabaseWatch watch(Runnable question) {
        return new DatabaseWatch(question, new DatabaseBulkhead(1, Duration.ofMillis(50)), clock, schedule);
    }
}
