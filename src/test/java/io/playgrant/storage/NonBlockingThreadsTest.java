package io.playgrant.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NonBlockingThreadsTest {

    private final ExecutorService eventLoop = Executors.newSingleThreadExecutor(work -> new Thread(() -> {
        NonBlockingThreads.addCurrent();
        work.run();
    }));

    @AfterEach
    void stop() {
        eventLoop.shutdown();
    }

    @Test
    void everyAccessToTheDatabase_isRefused_beforeItBegins(@TempDir Path folder) {
        AtomicInteger begun = new AtomicInteger();
        try (Database database = Database.openEmbedded(folder)) {
            assertThatThrownBy(() -> onEventLoop(() -> database.withHandle(handle -> begun.incrementAndGet())))
                    .isInstanceOf(WouldBlockException.class);
            assertThatThrownBy(() -> onEventLoop(() -> database.inTransaction(handle -> begun.incrementAndGet())))
                    .isInstanceOf(WouldBlockException.class);
            assertThatThrownBy(() -> onEventLoop(() -> database.inSnapshot(handle -> begun.incrementAndGet())))
                    .isInstanceOf(WouldBlockException.class);
            assertThatThrownBy(() -> onEventLoop(() -> new DatabaseBulkhead().call(begun::incrementAndGet)))
                    .isInstanceOf(WouldBlockException.class);
            assertThat(begun).hasValue(0);
            assertThat(database.<Integer>withHandle(handle -> begun.incrementAndGet()))
                    .isEqualTo(1);
        }
    }

    @Test
    void cachedValue_isThereForAllThreads() throws Exception {
        ReadThroughCache<String, String> cache =
                new ReadThroughCache<>(10, Duration.ofMinutes(1), key -> Optional.of("value of " + key));
        assertThatThrownBy(() -> onEventLoop(() -> cache.get("a"))).isInstanceOf(WouldBlockException.class);
        cache.get("a");
        assertThat(onEventLoop(() -> cache.get("a"))).contains("value of a");
    }

    private <T> T onEventLoop(Callable<T> work) throws Exception {
        try {
            return eventLoop.submit(work).get();
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }
}
