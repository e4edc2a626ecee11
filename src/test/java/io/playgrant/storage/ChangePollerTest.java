package io.playgrant.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.playgrant.CapturedLog;
import io.playgrant.time.Schedule;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChangePollerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration TRUSTED = Duration.ofSeconds(10);

    @AutoClose
    private final Schedule schedule = new Schedule();

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);

    @RegisterExtension
    final CapturedLog log = CapturedLog.of(ChangePoller.class);

    @Test
    void memory_isTrustedAsLongAsLooksSucceed() {
        AtomicInteger looks = new AtomicInteger();
        try (ChangePoller follower = follower(looks::incrementAndGet)) {
            pass(TRUSTED.plusSeconds(1));
            int before = looks.get();
            // One may have begun before the time passed.
            await().atMost(PATIENCE).until(() -> looks.get() >= before + 2);
            follower.requireUpToDate();
        }
        assertThat(log.events()).isEmpty();
    }

    @Test
    void lookThatHangs_countsFromItsBegin() throws Exception {
        Semaphore begun = new Semaphore(0);
        Semaphore letGo = new Semaphore(0);
        try (ChangePoller follower = follower(() -> {
            begun.release();
            letGo.acquireUninterruptibly();
        })) {
            begun.acquire();
            pass(TRUSTED);
            follower.requireUpToDate();
            pass(Duration.ofSeconds(1));
            assertNotFollowed(follower, 11);
            letGo.release();
            // What the first one saw is as old as its begin.
            begun.acquire();
            assertNotFollowed(follower, 11);
            letGo.release(100);
            await().atMost(PATIENCE).untilAsserted(() -> assertThatNoException().isThrownBy(follower::requireUpToDate));
        }
    }

    @Test
    void lookThatHangs_leavesOtherMemoryTrusted() throws Exception {
        Semaphore begun = new Semaphore(0);
        Semaphore letGo = new Semaphore(0);
        AtomicInteger looks = new AtomicInteger();
        try (ChangePoller hanging = follower(() -> {
                    begun.release();
                    letGo.acquireUninterruptibly();
                });
                ChangePoller other = follower(looks::incrementAndGet)) {
            begun.acquire();
            pass(TRUSTED.plusSeconds(1));
            int before = looks.get();
            await().atMost(PATIENCE).until(() -> looks.get() >= before + 2);
            other.requireUpToDate();
            assertNotFollowed(hanging, 11);
            letGo.release(100);
        }
    }

    @Test
    void failure_isToldOnceItMatters_andAgainWhenItIsOver() {
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>(new StorageException("It is away"));
        AtomicInteger looks = new AtomicInteger();
        try (ChangePoller follower = follower(() -> {
            looks.incrementAndGet();
            throwIfAny(failure.get());
        })) {
            await().atMost(PATIENCE).until(() -> looks.get() >= 2);
            assertThat(log.events()).isEmpty();
            pass(TRUSTED.plusSeconds(5));
            assertNotFollowed(follower, 15);
            await().atMost(PATIENCE).until(() -> !log.events().isEmpty());
            int before = looks.get();
            await().atMost(PATIENCE).until(() -> looks.get() >= before + 2);
            assertThat(log.events()).hasSize(1);
            failure.set(null);
            await().atMost(PATIENCE).until(() -> log.events().size() == 2);
            follower.requireUpToDate();
        }
        assertThat(log.events())
                .extracting(ILoggingEvent::toString)
                .containsExactly(
                        "[ERROR] Changes of things could not be read for 15 seconds, so the cached ones are not used any more. It is away",
                        "[INFO] Changes of things can be read again");
    }

    @Test
    void unforeseenFailure_isToldOnceWithItsTrace() {
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>(new IllegalStateException("why"));
        AtomicInteger looks = new AtomicInteger();
        try (ChangePoller follower = follower(() -> {
            looks.incrementAndGet();
            throwIfAny(failure.get());
        })) {
            follower.requireUpToDate();
            await().atMost(PATIENCE).until(() -> looks.get() >= 3);
        }
        assertThat(log.events()).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getFormattedMessage()).isEqualTo("Changes of things cannot be read");
            assertThat(event.getThrowableProxy().getMessage()).isEqualTo("why");
        });
    }

    private ChangePoller follower(Runnable look) {
        return new ChangePoller("things", look, TRUSTED, schedule, nanoTime::get);
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    private static void throwIfAny(@Nullable RuntimeException failure) {
        if (failure != null) {
            throw failure;
        }
    }

    private static void assertNotFollowed(ChangePoller follower, int seconds) {
        assertThatThrownBy(follower::requireUpToDate)
                .isInstanceOf(StorageException.class)
                .hasMessage("Changes of things could not be read for " + seconds + " seconds");
    }
}
