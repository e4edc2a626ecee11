package io.playgrant.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PollerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int HANGING = 20;

    @AutoClose
    private final Schedule schedule = new Schedule();

    @Test
    void start_looksAgainAndAgainOnAThreadOfItsOwn() {
        AtomicInteger looks = new AtomicInteger();
        try (Poller poller = schedule.start("again-and-again", () -> {
            assertThat(Thread.currentThread().getName()).isEqualTo("again-and-again");
            assertThat(Thread.currentThread().isDaemon()).isTrue();
            looks.incrementAndGet();
        })) {
            assertThat(poller).isNotNull();
            await().atMost(PATIENCE).until(() -> looks.get() >= 2);
        }
    }

    @Test
    void close_endsTheLooking_atOnce() {
        AtomicInteger looks = new AtomicInteger();
        Poller poller = schedule.start("to-be-closed", looks::incrementAndGet);
        assertTimeout(Duration.ofMillis(900), () -> {
            poller.close();
            poller.close();
        });
        try (Poller other = schedule.start("other", looks::decrementAndGet)) {
            assertThat(other).isNotNull();
            await().atMost(PATIENCE).until(() -> looks.get() <= -2);
        }
    }

    @Test
    void closedSchedule_endsItsThreadsAtOnce() {
        CompletableFuture<Thread> looking = new CompletableFuture<>();
        schedule.start("to-be-closed", () -> looking.complete(Thread.currentThread()));
        assertThat(looking).succeedsWithin(PATIENCE);
        schedule.close();
        await().atMost(Duration.ofMillis(900)).until(() -> !looking.join().isAlive());
        schedule.start("too late", () -> {}).close();
    }

    @Test
    void looksThatHang_delayNoOther() throws Exception {
        Semaphore hanging = new Semaphore(0);
        CountDownLatch letGo = new CountDownLatch(1);
        for (int i = 0; i < HANGING; i++) {
            schedule.start("hangs", () -> {
                hanging.release();
                awaitOpen(letGo);
            });
        }
        assertThat(hanging.tryAcquire(HANGING, PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        AtomicInteger looks = new AtomicInteger();
        try (Poller poller = schedule.start("goes-on", looks::incrementAndGet)) {
            assertThat(poller).isNotNull();
            await().atMost(PATIENCE).until(() -> looks.get() >= 2);
        } finally {
            letGo.countDown();
        }
        assertThat(hanging.availablePermits()).isZero();
    }

    @Test
    void close_doesNotInterruptWhatIsUnderWay() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Poller poller = schedule.start("under-way", () -> {
            looking.countDown();
            try {
                closed.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        });
        assertThat(looking.await(5, TimeUnit.SECONDS)).isTrue();
        Thread thread = thread("under-way");
        poller.close();
        closed.countDown();
        schedule.close();
        thread.join(5_000);
        assertThat(thread.isAlive()).isFalse();
        assertThat(interrupted).isFalse();
    }

    @Test
    void failure_goesToTheThreadsHandlerAndEndsIt() {
        CompletableFuture<Throwable> handled = new CompletableFuture<>();
        AtomicInteger looks = new AtomicInteger();
        try (Poller poller = schedule.start("failing", () -> {
            looks.incrementAndGet();
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> handled.complete(failure));
            throw new IllegalStateException("not caught");
        })) {
            assertThat(poller).isNotNull();
            assertThat(handled)
                    .succeedsWithin(PATIENCE)
                    .satisfies(failure -> assertThat(failure)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessage("not caught"));
            await().atMost(PATIENCE).until(() -> threads("failing").isEmpty());
            assertThat(looks).hasValue(1);
        }
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Thread thread(String name) {
        return threads(name).iterator().next();
    }

    private static Set<Thread> threads(String name) {
        Set<Thread> all = new HashSet<>(Thread.getAllStackTraces().keySet());
        all.removeIf(thread -> !thread.getName().equals(name));
        return all;
    }
}
