package io.playgrant.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PollerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Test
    void start_looksAgainAndAgainOnAThreadOfItsOwn() {
        AtomicInteger looks = new AtomicInteger();
        try (Poller poller = Poller.start("again-and-again", () -> {
            assertThat(Thread.currentThread().getName()).isEqualTo("again-and-again");
            assertThat(Thread.currentThread().isDaemon()).isTrue();
            looks.incrementAndGet();
        })) {
            assertThat(poller).isNotNull();
            await().atMost(PATIENCE).until(() -> looks.get() >= 2);
        }
    }

    @Test
    void close_endsTheThreadAtOnce() {
        Poller poller = Poller.start("to-be-closed", () -> {});
        Thread thread = thread("to-be-closed");
        poller.close();
        poller.close();
        await().atMost(Duration.ofMillis(900)).until(() -> !thread.isAlive());
    }

    @Test
    void close_doesNotInterruptWhatIsUnderWay() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Poller poller = Poller.start("under-way", () -> {
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
        thread.join(5_000);
        assertThat(thread.isAlive()).isFalse();
        assertThat(interrupted).isFalse();
    }

    @Test
    void failure_goesToTheThreadsHandlerAndEndsIt() {
        CompletableFuture<Throwable> handled = new CompletableFuture<>();
        AtomicInteger looks = new AtomicInteger();
        try (Poller poller = Poller.start("failing", () -> {
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

    private static Thread thread(String name) {
        return threads(name).iterator().next();
    }

    private static Set<Thread> threads(String name) {
        Set<Thread> all = new HashSet<>(Thread.getAllStackTraces().keySet());
        all.removeIf(thread -> !thread.getName().equals(name));
        return all;
    }
}
