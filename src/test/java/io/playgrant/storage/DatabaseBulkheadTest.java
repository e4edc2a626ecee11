package io.playgrant.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseBulkheadTest {

    private static final int PLACES = 4;

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final DatabaseBulkhead bulkhead = new DatabaseBulkhead(PLACES, Duration.ofMinutes(1));
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
            assertThat(bulkhead.call(() -> "yes")).isEqualTo("yes");
        }
    }

    @Test
    void ask_givesItsPlaceBackWhateverHappens() {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> bulkhead.call(() -> {
                        throw new StorageException("away");
                    }))
                    .hasMessage("away");
            assertThatThrownBy(() -> bulkhead.call(() -> {
                        throw new IllegalStateException("a mistake");
                    }))
                    .hasMessage("a mistake");
        }
        assertThat(bulkhead.call(() -> "yes")).isEqualTo("yes");
    }

    @Test
    void ask_asksOnAThreadOfItsOwn() {
        assertThat(bulkhead.call(Thread::currentThread)).satisfies(thread -> {
            assertThat(thread.getName()).startsWith("database-");
            assertThat(thread.isDaemon()).isTrue();
        });
    }

    @Test
    void ask_endsWithAnErrorAsItIs() {
        Error mistake = new AssertionError("a mistake");
        assertThatThrownBy(() -> bulkhead.call(() -> {
                    throw mistake;
                }))
                .isSameAs(mistake);
    }

    @Test
    void ask_givesUpAfterAWhile_andWorksAgainAfterwards() {
        DatabaseBulkhead hasty = new DatabaseBulkhead(1, SHORT);
        assertThatThrownBy(() -> hasty.call(this::held))
                .isInstanceOf(StorageException.class)
                .hasMessage("The database has not answered within 0 seconds");
        // The question holds its place still.
        assertThatThrownBy(() -> hasty.call(() -> "never"))
                .isInstanceOf(StorageException.class)
                .hasMessage("The database does not answer: other calls already wait for it");
        answer.countDown();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> hasty.call(() -> "yes").equals("yes"));
    }

    @Test
    void ask_doesNotLoseAnAnswerThatComesLate() {
        DatabaseBulkhead hasty = new DatabaseBulkhead(1, SHORT);
        CompletableFuture<String> late = new CompletableFuture<>();
        assertThatThrownBy(() -> hasty.call(this::held, late::complete)).isInstanceOf(StorageException.class);
        assertThat(late).isNotDone();
        answer.countDown();
        assertThat(late).succeedsWithin(PATIENCE).isEqualTo("late");
    }

    @Test
    void ask_hasNothingThatIsLateIfItIsAnswered() {
        List<String> late = new CopyOnWriteArrayList<>();
        assertThat(bulkhead.call(() -> "yes", late::add)).isEqualTo("yes");
        assertThat(late).isEmpty();
    }

    @Test
    void failureThatComesLate_givesThePlaceBack() {
        DatabaseBulkhead hasty = new DatabaseBulkhead(1, SHORT);
        assertThatThrownBy(() -> hasty.call(() -> {
                    held();
                    throw new IllegalStateException("late");
                }))
                .isInstanceOf(StorageException.class);
        answer.countDown();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> hasty.call(() -> "yes").equals("yes"));
    }

    @Test
    void interruptedCaller_goesAway_andLeavesTheQuestionAlone() throws Exception {
        CompletableFuture<Boolean> questionInterrupted = new CompletableFuture<>();
        Future<Boolean> caller = threads.submit(() -> {
            assertThatThrownBy(() -> bulkhead.call(
                            () -> {
                                held();
                                return Thread.currentThread().isInterrupted();
                            },
                            questionInterrupted::complete))
                    .isInstanceOf(StorageException.class);
            return Thread.currentThread().isInterrupted();
        });
        asking.acquire();
        threads.shutdownNow();
        assertThat(caller.get()).isTrue();
        answer.countDown();
        assertThat(questionInterrupted).succeedsWithin(PATIENCE).isEqualTo(false);
    }

    @Test
    void ask_failsWhenFourWaitInVain_andWorksAgainAfterwards() throws Exception {
        List<Future<String>> waiting = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            waiting.add(threads.submit(() -> bulkhead.call(this::held)));
        }
        asking.acquire(PLACES);
        // The first one waits a while, the next does not: both are told.
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> bulkhead.call(() -> "never"))
                    .isInstanceOf(StorageException.class)
                    .hasMessage("The database does not answer: other calls already wait for it");
        }
        answer.countDown();
        for (Future<String> one : waiting) {
            assertThat(one.get()).isEqualTo("late");
        }
        assertThat(bulkhead.call(() -> "yes")).isEqualTo("yes");
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
