package io.playgrant.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.storage.StorageException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DatabaseWatchTest {

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);

    @Test
    void problem_isThereWhileTheDatabaseFails() {
        AtomicBoolean fails = new AtomicBoolean();
        Runnable question = () -> {
            if (fails.get()) {
                throw new StorageException("out of reach");
            }
        };
        try (DatabaseWatch watch = new DatabaseWatch(question, nanoTime::get)) {
            assertThat(watch.problem()).isEmpty();
            fails.set(true);
            await().atMost(Duration.ofSeconds(20)).until(() -> watch.problem().isPresent());
            assertThat(watch.problem()).contains("the database is out of reach; the log says why");
            fails.set(false);
            await().atMost(Duration.ofSeconds(20)).until(() -> watch.problem().isEmpty());
        }
    }

    @Test
    void problem_isThereWhenTheDatabaseHangs_andIsToldAtOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        Runnable question = () -> {
            asked.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        try (DatabaseWatch watch = new DatabaseWatch(question, nanoTime::get)) {
            asked.await();
            nanoTime.addAndGet(DatabaseWatch.PATIENCE.toNanos());
            assertThat(watch.problem()).isEmpty();
            nanoTime.addAndGet(Duration.ofSeconds(2).toNanos());
            assertThat(watch.problem()).contains("the database has not answered for 7 seconds");
            letGo.countDown();
            await().atMost(Duration.ofSeconds(20)).until(() -> watch.problem().isEmpty());
        }
    }
}
