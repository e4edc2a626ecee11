package io.playgrant.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StorageRetryTest {

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void call_isRepeatedUntilTheDatabaseAnswers() {
        String answer = StorageRetry.within(Duration.ofSeconds(60)).call(() -> {
            if (calls.incrementAndGet() < 3) {
                throw new StorageException("away");
            }
            return "there";
        });
        assertThat(answer).isEqualTo("there");
        assertThat(calls).hasValue(3);
    }

    @Test
    void call_failsAtTheDeadline() {
        assertThatThrownBy(() -> StorageRetry.never().call(this::fail))
                .isInstanceOf(StorageException.class)
                .hasMessage("away");
        assertThat(calls).hasValue(1);
        assertThatThrownBy(() -> StorageRetry.within(Duration.ofMillis(600)).call(this::fail))
                .isInstanceOf(StorageException.class);
        assertThat(calls).hasValueGreaterThanOrEqualTo(3);
    }

    @Test
    void call_isNotRepeatedAfterAnotherFailure() {
        assertThatThrownBy(() -> StorageRetry.within(Duration.ofSeconds(60)).call(() -> {
                    calls.incrementAndGet();
                    throw new IllegalStateException("other");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void call_doesNotWaitOnAnEventLoop() {
        CompletableFuture<Object> result = new CompletableFuture<>();
        new Thread(() -> {
                    NonBlockingThreads.addCurrent();
                    try {
                        result.complete(
                                StorageRetry.within(Duration.ofSeconds(60)).call(this::fail));
                    } catch (RuntimeException e) {
                        result.complete(e);
                    }
                })
                .start();
        assertThat(result.join()).isInstanceOf(WouldBlockException.class);
        assertThat(calls).hasValue(1);
    }

    private Object fail() {
        calls.incrementAndGet();
        throw new StorageException("away");
    }
}
