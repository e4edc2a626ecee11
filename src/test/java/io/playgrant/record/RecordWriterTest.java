package io.playgrant.record;

import static io.playgrant.TestSecrets.secret;
import static io.playgrant.record.SampleRecords.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.record.RecordWriter.Limits;
import io.playgrant.storage.NonBlockingThreads;
import io.playgrant.storage.StorageException;
import io.playgrant.storage.WouldBlockException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordWriterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Limits SHORT =
            new Limits(5, Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(10));
    private static final Limits LONG = new Limits(100_000, PATIENCE, PATIENCE, Duration.ofMillis(10));

    private final List<List<TokenRecord>> transactions = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<TokenRecord> refused = ConcurrentHashMap.newKeySet();
    private volatile boolean away;

    /** After how many refusals the database is away; never, unless it is positive. */
    private final AtomicInteger awayAfter = new AtomicInteger();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void async_writesInOrder_andAnswersBefore() {
        away = true;
        List<TokenRecord> all =
                IntStream.range(0, 12_000).mapToObj(SampleRecords::token).toList();
        try (RecordWriter writer = writer(Recording.ASYNC, LONG)) {
            all.forEach(record -> writer.add(List.of(record)));
            assertThat(writer.waiting()).isEqualTo(12_000);
            away = false;
            await().atMost(PATIENCE).until(() -> writer.waiting() == 0);
            assertThat(writer.written()).isEqualTo(12_000);
        }
        assertThat(written()).isEqualTo(all);
        assertThat(transactions).allMatch(records -> records.size() <= 5_000).hasSizeLessThan(10);
    }

    @Test
    void close_writesWhatWaits() {
        try (RecordWriter writer = writer(Recording.ASYNC, LONG)) {
            writer.add(List.of(token(1), token(2)));
        }
        assertThat(written()).containsExactly(token(1), token(2));
    }

    @Test
    void closedWriter_takesNothing() {
        RecordWriter writer = writer(Recording.ASYNC, LONG);
        writer.close();
        assertRefused(() -> writer.add(List.of(token(1))));
    }

    @Test
    void manyThreads_addUntilItIsClosed_andLoseNothingThatWasTaken() throws Exception {
        RecordWriter writer = writer(Recording.ASYNC, LONG);
        List<Future<List<TokenRecord>>> threadsRecords = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int first = thread * 1_000_000;
            threadsRecords.add(threads.submit(() -> addUntilClosed(writer, first)));
        }
        await().atMost(PATIENCE).until(() -> writer.written() > 1_000);
        writer.close();
        List<TokenRecord> written = written();
        int taken = 0;
        for (Future<List<TokenRecord>> ofThread : threadsRecords) {
            List<TokenRecord> records = ofThread.get();
            Set<TokenRecord> own = Set.copyOf(records);
            assertThat(written.stream().filter(own::contains)).isEqualTo(records);
            taken += records.size();
        }
        assertThat(written).hasSize(taken);
        assertThat(writer.waiting()).isZero();
    }

    /** The records that the writer took. */
    private static List<TokenRecord> addUntilClosed(RecordWriter writer, int first) {
        List<TokenRecord> taken = new ArrayList<>();
        try {
            for (int number = first; true; number++) {
                writer.awaitRoom();
                TokenRecord record = token(number);
                writer.add(record);
                taken.add(record);
            }
        } catch (TokenException e) {
            return taken;
        }
    }

    @Test
    void databaseAway_losesNothing() {
        away = true;
        try (RecordWriter writer = writer(Recording.ASYNC, LONG)) {
            writer.add(List.of(token(1)));
            await().atMost(PATIENCE).until(() -> writer.failures() > 1);
            assertThat(writer.problem()).contains("records cannot be written; the log says why");
            writer.awaitRoom();
            writer.add(List.of(token(2)));
            away = false;
            await().atMost(PATIENCE).until(() -> writer.written() == 2);
            assertThat(writer.problem()).isEmpty();
        }
        assertThat(written()).containsExactly(token(1), token(2));
    }

    @Test
    void tooManyWaiting_letNobodyIn_untilTheyAreWritten() {
        away = true;
        try (RecordWriter writer = writer(Recording.ASYNC, SHORT)) {
            IntStream.range(0, 4).forEach(i -> writer.add(List.of(token(i))));
            assertThat(writer.hasRoom()).isTrue();
            writer.add(List.of(token(4)));
            assertThat(writer.hasRoom()).isFalse();
            assertRefused(writer::awaitRoom);
            assertRefused(writer::awaitRoom);
            // Who was let in before is not refused any more.
            writer.add(List.of(token(5)));
            away = false;
            await().atMost(PATIENCE).until(() -> writer.waiting() == 0);
            writer.awaitRoom();
        }
        assertThat(written()).hasSize(6);
    }

    @Test
    void whoeverWaitsForRoom_isLetInWhenThereIsSome() throws Exception {
        Limits patient = new Limits(1, PATIENCE, PATIENCE, Duration.ofMillis(10));
        try (RecordWriter writer = writer(Recording.ASYNC, patient)) {
            writer.add(List.of(token(1)));
            Future<?> waiting = threads.submit(writer::awaitRoom);
            assertThat(waiting.get()).isNull();
            assertThat(written()).containsExactly(token(1));
        }
    }

    @Test
    void sync_answersWhenItIsWritten_manyAtATime() throws Exception {
        try (RecordWriter writer = writer(Recording.SYNC, LONG)) {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                TokenRecord record = token(i);
                answers.add(threads.submit(() -> {
                    writer.awaitRoom();
                    writer.add(List.of(record));
                    return written().contains(record);
                }));
            }
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        }
    }

    @Test
    void sync_refusesWhatIsNotWrittenInTime_andForgetsIt() {
        away = true;
        try (RecordWriter writer = writer(Recording.SYNC, SHORT)) {
            assertRefused(() -> writer.add(List.of(token(1))));
            assertThat(writer.hasRoom()).isFalse();
            assertRefused(writer::awaitRoom);
            // What was tried last has been put together after the refusal.
            long before = writer.failures();
            await().atMost(PATIENCE).until(() -> writer.failures() > before + 1);
            away = false;
            await().atMost(PATIENCE).until(() -> writer.waiting() == 0);
            writer.awaitRoom();
            writer.add(List.of(token(2)));
            assertThat(writer.written()).isEqualTo(1);
        }
        assertThat(written()).containsExactly(token(2));
    }

    @Test
    void sync_waitsForADatabaseThatComesBackInTime() throws Exception {
        away = true;
        try (RecordWriter writer = writer(Recording.SYNC, LONG)) {
            Future<?> answer = threads.submit(() -> writer.add(List.of(token(1))));
            await().atMost(PATIENCE).until(() -> writer.failures() > 1);
            away = false;
            assertThat(answer.get()).isNull();
            assertThat(written()).containsExactly(token(1));
        }
    }

    @Test
    void recordThatTheDatabaseRefuses_isDropped_andHoldsUpNoOther() throws Exception {
        refused.addAll(List.of(token(3), token(4), token(250)));
        try (RecordWriter writer = writer(Recording.ASYNC, LONG)) {
            writer.add(IntStream.range(0, 300).mapToObj(SampleRecords::token).toList());
            await().atMost(PATIENCE).until(() -> writer.waiting() == 0);
            assertThat(writer.written()).isEqualTo(297);
            assertThat(writer.dropped()).isEqualTo(3);
            assertThat(writer.failures()).isZero();
            assertThat(writer.problem()).isEmpty();
        }
        assertThat(written())
                .isEqualTo(IntStream.range(0, 300)
                        .mapToObj(SampleRecords::token)
                        .filter(record -> !refused.contains(record))
                        .toList());
    }

    @Test
    void sync_answersThoughTheRecordIsDropped() throws Exception {
        refused.add(token(1));
        try (RecordWriter writer = writer(Recording.SYNC, LONG)) {
            Future<?> one = threads.submit(() -> writer.add(List.of(token(1))));
            Future<?> other = threads.submit(() -> writer.add(List.of(token(2))));
            assertThat(one.get()).isNull();
            assertThat(other.get()).isNull();
            assertThat(writer.dropped()).isEqualTo(1);
        }
        assertThat(written()).containsExactly(token(2));
    }

    @Test
    void databaseAway_whileARefusedRecordIsLookedFor_losesNothing() {
        refused.add(token(7));
        awayAfter.set(2);
        try (RecordWriter writer = writer(Recording.ASYNC, LONG)) {
            writer.add(IntStream.range(0, 8).mapToObj(SampleRecords::token).toList());
            await().atMost(PATIENCE).until(() -> writer.failures() > 1);
            assertThat(writer.waiting()).isEqualTo(4);
            away = false;
            await().atMost(PATIENCE).until(() -> writer.waiting() == 0);
            assertThat(writer.dropped()).isEqualTo(1);
        }
        assertThat(written())
                .isEqualTo(IntStream.range(0, 7).mapToObj(SampleRecords::token).toList());
    }

    @Test
    void recordThatNoStatementCanBeMadeOf_isDropped() {
        try (RecordWriter writer = new RecordWriter(
                records -> {
                    if (records.contains(token(2))) {
                        throw new IllegalArgumentException(secret("what is in the record"));
                    }
                    transactions.add(records);
                },
                Recording.ASYNC,
                LONG)) {
            writer.add(List.of(token(1), token(2), token(3)));
            await().atMost(PATIENCE).until(() -> writer.waiting() == 0);
            assertThat(writer.dropped()).isEqualTo(1);
        }
        assertThat(written()).containsExactly(token(1), token(3));
    }

    @Test
    void sync_refusesThreadsThatMustNotWait_beforeTheRecordIsThere() throws Exception {
        try (RecordWriter writer = writer(Recording.SYNC, LONG)) {
            assertThat(failureOnEventLoop(() -> writer.add(List.of(token(1))))).isInstanceOf(WouldBlockException.class);
            writer.add(List.of(token(2)));
        }
        assertThat(written()).containsExactly(token(2));
    }

    @Test
    void async_acceptsThreadsThatMustNotWait() throws Exception {
        try (RecordWriter writer = writer(Recording.ASYNC, LONG)) {
            assertThat(failureOnEventLoop(() -> {
                        writer.awaitRoom();
                        writer.add(List.of(token(1)));
                    }))
                    .isNull();
        }
        assertThat(written()).containsExactly(token(1));
    }

    private static @Nullable Throwable failureOnEventLoop(Runnable work) throws Exception {
        FutureTask<Throwable> task = new FutureTask<>(() -> {
            NonBlockingThreads.addCurrent();
            return catchThrowable(work::run);
        });
        new Thread(task).start();
        return task.get();
    }

    @Test
    void off_writesNothing() {
        try (RecordWriter writer = writer(Recording.OFF, SHORT)) {
            assertThat(writer.hasRoom()).isTrue();
            writer.awaitRoom();
            writer.add(List.of(token(1)));
            assertThat(writer.waiting()).isZero();
        }
        assertThat(transactions).isEmpty();
    }

    private RecordWriter writer(Recording recording, Limits limits) {
        return new RecordWriter(this::write, recording, limits);
    }

    private void write(List<TokenRecord> records) {
        if (away) {
            throw new StorageException("away");
        }
        if (records.stream().anyMatch(refused::contains)) {
            if (awayAfter.decrementAndGet() == 0) {
                away = true;
            }
            throw new StorageException("refused", new SQLException(secret("what is in the record"), "22021"));
        }
        transactions.add(records);
    }

    private List<TokenRecord> written() {
        synchronized (transactions) {
            return transactions.stream().flatMap(List::stream).toList();
        }
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TokenException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.ADMIN_ERROR);
            assertThat(refusal.details()).isEqualTo("the records are out of reach, try again later");
        });
    }
}
