package io.playgrant.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FewAtOnceTest {

    private static final int PLACES = 4;

    private final FewAtOnce fewAtOnce = new FewAtOnce();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Semaphore asking = new Semaphore(0);
    private final CountDownLatch answer = new CountDownLatch(1);

    @AfterEach
    void end() {
        answer.countDown();
        threads.shutdownNow();
    }

    @Test
    void ask_givesTheAnswer() {
        for (int i = 0; i < 10; i++) {
            assertThat(fewAtOnce.ask(() -> "yes")).isEqualTo("yes");
        }
    }

    @Test
    void ask_givesItsPlaceBackWhateverHappens() {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> fewAtOnce.ask(() -> {
                        throw new StorageException("away");
                    }))
                    .hasMessage("away");
            assertThatThrownBy(() -> fewAtOnce.ask(() -> {
                        throw new IllegalStateException("a mistake");
                    }))
                    .hasMessage("a mistake");
        }
        assertThat(fewAtOnce.ask(() -> "yes")).isEqualTo("yes");
    }

    @Test
    void ask_failsWhenFourWaitInVain_andWorksAgainAfterwards() throws Exception {
        List<Future<String>> waiting = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            waiting.add(threads.submit(() -> fewAtOnce.ask(this::held)));
        }
        asking.acquire(PLACES);
        // The first one waits a while, the next does not: both are told.
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> fewAtOnce.ask(() -> "never"))
                    .isInstanceOf(StorageException.class)
                    .hasMessage("The database does not answer: others wait for it already");
        }
        answer.countDown();
        for (Future<String> one : waiting) {
            assertThat(one.get()).isEqualTo("late");
        }
        assertThat(fewAtOnce.ask(() -> "yes")).isEqualTo("yes");
    }

    private String held() {
        asking.release();
        try {
            answer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "late";
    }
}
