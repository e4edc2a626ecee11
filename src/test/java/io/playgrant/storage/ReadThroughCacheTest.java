package io.playgrant.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadThroughCacheTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, String> database = new ConcurrentHashMap<>(Map.of("a", "1", "b", "2"));
    private final AtomicInteger reads = new AtomicInteger();
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore letGo = new Semaphore(0);
    private final ReadThroughCache<String, String> cache =
            new ReadThroughCache<>(10, Duration.ofMinutes(1), this::read);

    @Test
    void get_readsEachOnce() {
        letGo.release(100);
        for (int i = 0; i < 3; i++) {
            assertThat(cache.get("a")).contains("1");
            assertThat(cache.get("b")).contains("2");
        }
        assertThat(reads).hasValue(2);
    }

    @Test
    void get_remembersForAWhileThatThereIsNone() {
        letGo.release(100);
        assertThat(cache.get("c")).isEmpty();
        assertThat(cache.get("c")).isEmpty();
        assertThat(reads).hasValue(1);
        ReadThroughCache<String, String> forgetful = new ReadThroughCache<>(10, Duration.ZERO, this::read);
        assertThat(forgetful.get("c")).isEmpty();
        assertThat(forgetful.get("c")).isEmpty();
        assertThat(reads).hasValue(3);
    }

    @Test
    void get_keepsNothingOfAFailure() {
        ReadThroughCache<String, String> failing = new ReadThroughCache<>(10, Duration.ofMinutes(1), key -> {
            if (reads.incrementAndGet() == 1) {
                throw new StorageException("away");
            }
            return Optional.of(key);
        });
        assertThatThrownBy(() -> failing.get("a"))
                .isInstanceOf(StorageException.class)
                .hasMessage("away");
        assertThat(failing.get("a")).contains("a");
    }

    @Test
    void forget_readsAgain_whatIsThereAndWhatIsNot() {
        letGo.release(100);
        assertThat(cache.get("a")).contains("1");
        assertThat(cache.get("b")).contains("2");
        assertThat(cache.get("c")).isEmpty();
        database.putAll(Map.of("a", "3", "b", "4", "c", "5"));
        cache.forget("a");
        cache.forget("c");
        assertThat(cache.get("a")).contains("3");
        assertThat(cache.get("b")).contains("2");
        assertThat(cache.get("c")).contains("5");
        database.remove("c");
        cache.forgetAll();
        assertThat(cache.get("b")).contains("4");
        assertThat(cache.get("c")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void change_doesNotWaitForAReadThatHangs_andWins(boolean ofAll) throws Exception {
        Consumer<String> change = ofAll ? key -> cache.forgetAll() : cache::forget;
        for (String key : new String[] {"a", "c"}) {
            Optional<String> before = Optional.ofNullable(database.get(key));
            CompletableFuture<Optional<String>> reading = CompletableFuture.supplyAsync(() -> cache.get(key));
            begun.acquire();
            database.put(key, "new");
            change.accept(key);
            letGo.release();
            assertThat(reading).succeedsWithin(PATIENCE).isEqualTo(before);
            letGo.release();
            assertThat(cache.get(key)).contains("new");
            begun.acquire();
        }
        assertThat(reads).hasValue(4);
    }

    /** Looks, and hangs on its way back. */
    private Optional<String> read(String key) {
        reads.incrementAndGet();
        Optional<String> value = Optional.ofNullable(database.get(key));
        begun.release();
        letGo.acquireUninterruptibly();
        return value;
    }
}
