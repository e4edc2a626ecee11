package io.playgrant.record;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.FailureTrace;
import io.playgrant.error.TokenException;
import io.playgrant.storage.StorageException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records behind those who answer, many in one transaction, in the order in which they came. While the database is away they wait
 * here, and are tried again until it is back; when too many wait, no more answers are given that would need a record. One that the
 * database refuses for what is in it is dropped, told in the log and counted.
 */
public final class RecordWriter implements AutoCloseable {

    private static final int LARGEST_BATCH = 5_000;

    /** How long records gather before they are written: few large transactions cost much less than many small ones. */
    private static final Duration GATHERING = Duration.ofMillis(200);

    /** How long the last records may take when this is closed. */
    private static final Duration FAREWELL = Duration.ofSeconds(8);

    /** If there are many, the log tells of one in this time. */
    private static final Duration BETWEEN_DROPS = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(RecordWriter.class);

    private final Consumer<List<TokenRecord>> table;
    private final Recording recording;
    private final Limits limits;
    private final Thread thread = new Thread(this::writeAll, "record-writer");
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    // Of the thread that writes.
    private long dropLogged;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition committed = lock.newCondition();

    // Guarded by the lock. The first ones stay in the queue while they are being written.
    private final Deque<Entry> queue = new ArrayDeque<>();
    private long added;
    private long done;
    private boolean closed;
    private boolean abandoned;

    // Written under the lock, read by anybody.
    private volatile int waiting;
    private volatile boolean outOfReach;

    /**
     * A writer, until it is closed.
     *
     * @param records where it writes to
     * @param recording when
     */
    public RecordWriter(Records records, Recording recording) {
        this(records::write, recording, Limits.USUAL);
    }

    RecordWriter(Consumer<List<TokenRecord>> table, Recording recording, Limits limits) {
        this.table = table;
        this.recording = recording;
        this.limits = limits;
        if (recording != Recording.OFF) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * How much may wait, and how long.
     *
     * @param mostWaiting from so many records on, nobody is answered
     * @param patience how long whoever is to be answered waits until fewer do
     * @param commitPatience how long whoever is to be answered waits until his record is committed
     * @param retry the pause after a failure
     */
    record Limits(int mostWaiting, Duration patience, Duration commitPatience, Duration retry) {

        /** The records are some 20 MB. */
        static final Limits USUAL =
                new Limits(50_000, Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofMillis(500));
    }

    /** A record, until nobody waits for it any more. */
    private static final class Entry {

        private final TokenRecord record;
        private boolean cancelled;

        private Entry(TokenRecord record) {
            this.record = record;
        }
    }

    /**
     * Waits until one more record can be taken. To be called before anything is done that cannot be undone.
     *
     * @throws TokenException {@link ErrorCode#ADMIN_ERROR} if that takes too long
     */
    public void awaitRoom() {
        if (recording == Recording.OFF || hasRoom()) {
            return;
        }
        lock.lock();
        try {
            if (!await(committed, outOfReach ? Duration.ZERO : limits.patience(), this::hasRoom)) {
                throw giveUp();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom() {
        return waiting < limits.mostWaiting() && !(recording == Recording.SYNC && outOfReach);
    }

    /**
     * Takes records, however many wait already. If that is what is wanted, it returns when they are committed.
     *
     * @throws TokenException {@link ErrorCode#ADMIN_ERROR} if they should be committed and are not in time; they may be nevertheless, later
     */
    public void add(List<TokenRecord> records) {
        if (recording == Recording.OFF || records.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            if (closed) {
                throw refusal();
            }
            List<Entry> entries = new ArrayList<>(records.size());
            records.forEach(record -> entries.add(new Entry(record)));
            int before = queue.size();
            queue.addAll(entries);
            added += entries.size();
            waiting = queue.size();
            if (before == 0 || (before < LARGEST_BATCH && waiting >= LARGEST_BATCH)) {
                arrived.signal();
            }
            if (recording == Recording.SYNC) {
                awaitCommit(entries, added);
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitCommit(List<Entry> entries, long last) {
        if (!await(committed, limits.commitPatience(), () -> done >= last)) {
            // Whoever gets no answer needs no record.
            entries.forEach(entry -> entry.cancelled = true);
            throw giveUp();
        }
    }

    /** The next one need not wait in vain. */
    private TokenException giveUp() {
        outOfReach = true;
        return refusal();
    }

    /** Waits until something is so; returns whether it is. */
    private static boolean await(Condition condition, Duration patience, BooleanSupplier isSo) {
        long nanos = patience.toNanos();
        try {
            while (!isSo.getAsBoolean()) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = condition.awaitNanos(nanos);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static TokenException refusal() {
        return TokenException.of(ErrorCode.ADMIN_ERROR, "the records are out of reach, try again later");
    }

    /** How many records wait. */
    public int waiting() {
        return waiting;
    }

    /** How many records were written. */
    public long written() {
        return written.get();
    }

    /** How many records were dropped because they cannot be stored. */
    public long dropped() {
        return dropped.get();
    }

    /** How many transactions failed. */
    public long failures() {
        return failures.get();
    }

    /** What is wrong, if anything is. */
    public Optional<String> problem() {
        return outOfReach ? Optional.of("records cannot be written; the log says why") : Optional.empty();
    }

    private void writeAll() {
        boolean failing = false;
        List<Entry> batch = next();
        while (!batch.isEmpty()) {
            try {
                write(batch);
                if (failing) {
                    LOG.info("Records are written again");
                }
                failing = false;
            } catch (RuntimeException e) {
                if (!failing) {
                    LOG.error(
                            "Records cannot be written now and wait, up to {} of them. {}",
                            limits.mostWaiting(),
                            e.getMessage());
                }
                failing = true;
                failed();
            }
            batch = next();
        }
    }

    /** Writes records in one transaction; if the database refuses one of them, in halves, down to that one, which is dropped. */
    private void write(List<Entry> batch) {
        List<TokenRecord> records = records(batch);
        try {
            table.accept(records);
        } catch (RuntimeException e) {
            Optional<String> refusal = refusal(e);
            if (refusal.isEmpty()) {
                throw e;
            }
            if (batch.size() > 1) {
                int half = batch.size() / 2;
                write(batch.subList(0, half));
                write(batch.subList(half, batch.size()));
                return;
            }
            records.forEach(record -> drop(record, refusal.get()));
            finished(1);
            return;
        }
        written.addAndGet(records.size());
        finished(batch.size());
    }

    /** Why a failure would come again with the same records, if so; without their content, which messages may quote. */
    private static Optional<String> refusal(RuntimeException failure) {
        return failure instanceof StorageException storage
                ? storage.dataRefusal().map(state -> "SQLSTATE " + state)
                : Optional.of(FailureTrace.withoutMessages(failure));
    }

    /** An answer that cannot be recorded is not taken back: it would be asked for again, and hold up all others for ever. */
    private void drop(TokenRecord record, String refusal) {
        long count = dropped.incrementAndGet();
        long now = System.nanoTime();
        if (count == 1 || now - dropLogged >= BETWEEN_DROPS.toNanos()) {
            dropLogged = now;
            LOG.error(
                    "A record cannot be stored and is dropped, {} so far: {} token={}, {}",
                    count,
                    record,
                    record.tokenId(),
                    refusal);
        }
    }

    /** The records that have waited longest, once there are some; none when all is over. */
    private List<Entry> next() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                arrived.awaitUninterruptibly();
            }
            if (recording == Recording.ASYNC) {
                await(arrived, GATHERING, () -> closed || queue.size() >= LARGEST_BATCH);
            }
            return abandoned ? List.of() : queue.stream().limit(LARGEST_BATCH).toList();
        } finally {
            lock.unlock();
        }
    }

    private List<TokenRecord> records(List<Entry> batch) {
        lock.lock();
        try {
            List<TokenRecord> records = new ArrayList<>(batch.size());
            for (Entry entry : batch) {
                if (!entry.cancelled) {
                    records.add(entry.record);
                }
            }
            return records;
        } finally {
            lock.unlock();
        }
    }

    /** The first ones in the queue need not wait any more. */
    private void finished(int count) {
        lock.lock();
        try {
            for (int i = 0; i < count; i++) {
                queue.removeFirst();
            }
            done += count;
            waiting = queue.size();
            outOfReach = false;
            committed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void failed() {
        failures.incrementAndGet();
        lock.lock();
        try {
            outOfReach = true;
            await(arrived, limits.retry(), () -> abandoned);
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits. Takes no more. */
    @Override
    public void close() {
        if (recording == Recording.OFF) {
            return;
        }
        signal(() -> closed = true);
        try {
            thread.join(FAREWELL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        signal(() -> abandoned = true);
        if (waiting > 0) {
            LOG.error("Records that could not be written before the end and are lost: {}", waiting);
        }
    }

    private void signal(Runnable change) {
        lock.lock();
        try {
            change.run();
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }
}
