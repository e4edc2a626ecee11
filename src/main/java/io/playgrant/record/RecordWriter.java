package io.playgrant.record;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.FailureTrace;
import io.playgrant.error.TokenException;
import io.playgrant.storage.NonBlockingThreads;
import io.playgrant.storage.StorageException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records in the background, in their order and many in one transaction. While the database is unreachable, records wait and are
 * retried until it returns. If too many wait, requests that would need a record are refused. If the database refuses the content of a
 * record, the record is dropped, logged and counted.
 */
public final class RecordWriter implements AutoCloseable {

    private static final int LARGEST_BATCH = 5_000;

    /** How long records gather before they are written: few large transactions cost much less than many small ones. */
    private static final Duration GATHERING = Duration.ofMillis(200);

    /** How long {@link #close} waits for the last records. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(8);

    /** Dropped records are logged at most once in this time. */
    private static final Duration BETWEEN_DROPS = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(RecordWriter.class);

    private final Consumer<List<TokenRecord>> table;
    private final Recording recording;
    private final Limits limits;
    private final Thread thread = new Thread(this::writeAll, "record-writer");
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /** Records that no transaction holds yet. Threads that add records never wait for each other or for the writing thread. */
    private final Queue<Entry> arrived = new ConcurrentLinkedQueue<>();

    /** The number of records that are not committed. An entry is counted before it arrives. */
    private final AtomicInteger waiting = new AtomicInteger();

    // Used by the writing thread only: the records of the next transaction or of the one that is tried again.
    private final Deque<Entry> taken = new ArrayDeque<>();
    private long dropLogged;

    /** With it, threads wait for room or for their commit. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition committed = lock.newCondition();

    private volatile boolean idle;
    private volatile boolean closed;
    private volatile boolean abandoned;
    private volatile boolean unreachable;

    /**
     * Starts a writer.
     *
     * @param records the records in the database
     * @param recording when records are written
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
     * The limits of the queue.
     *
     * @param mostWaiting the number of waiting records at which requests are refused
     * @param roomTimeout how long a request waits for room in the queue
     * @param commitTimeout how long a request waits for the commit of its record
     * @param retry the pause after a failure
     */
    record Limits(int mostWaiting, Duration roomTimeout, Duration commitTimeout, Duration retry) {

        /** The waiting records take up to about 20 MB. */
        static final Limits USUAL =
                new Limits(50_000, Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofMillis(500));
    }

    /** A record in the queue. */
    private static final class Entry {

        private final TokenRecord record;
        private volatile boolean cancelled;

        /** Whether it was committed or dropped. Guarded by the lock. */
        private boolean settled;

        private Entry(TokenRecord record) {
            this.record = record;
        }
    }

    /**
     * Waits until the queue has room for a record. Call this before any step that cannot be undone.
     *
     * @throws TokenException {@link ErrorCode#ADMIN_ERROR} if that takes too long
     */
    public void awaitRoom() {
        if (hasRoom()) {
            return;
        }
        NonBlockingThreads.refuseCurrent();
        lock.lock();
        try {
            if (!await(committed, unreachable ? Duration.ZERO : limits.roomTimeout(), this::hasRoom)) {
                throw giveUp();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #awaitRoom} would return at once. Never blocks. */
    boolean hasRoom() {
        return recording == Recording.OFF
                || (waiting.get() < limits.mostWaiting() && !(recording == Recording.SYNC && unreachable));
    }

    /** As {@link #add(List)}, with one record. */
    public void add(TokenRecord record) {
        if (recording == Recording.OFF) {
            return;
        }
        int before = count(1);
        Entry entry = new Entry(record);
        arrived.add(entry);
        wakeAfter(before, 1);
        if (recording == Recording.SYNC) {
            awaitCommit(List.of(entry));
        }
    }

    /**
     * Queues records, even if the queue is full. With {@link Recording#SYNC}, returns when they are committed; otherwise never waits.
     *
     * @throws TokenException {@link ErrorCode#ADMIN_ERROR} if the commit takes too long; the records may still be committed later
     */
    public void add(List<TokenRecord> records) {
        if (recording == Recording.OFF || records.isEmpty()) {
            return;
        }
        int before = count(records.size());
        List<Entry> entries = new ArrayList<>(records.size());
        records.forEach(record -> entries.add(new Entry(record)));
        arrived.addAll(entries);
        wakeAfter(before, records.size());
        if (recording == Recording.SYNC) {
            awaitCommit(entries);
        }
    }

    /** Counts records that are about to arrive, so that the writing thread does not end before. Returns how many waited already. */
    private int count(int records) {
        if (recording == Recording.SYNC) {
            NonBlockingThreads.refuseCurrent();
        }
        int before = waiting.getAndAdd(records);
        if (closed) {
            waiting.addAndGet(-records);
            LockSupport.unpark(thread);
            throw refusal();
        }
        return before;
    }

    /** Wakes the writing thread if it waits for the first record, or if a batch is full. */
    private void wakeAfter(int before, int added) {
        if (idle || (before < LARGEST_BATCH && before + added >= LARGEST_BATCH)) {
            LockSupport.unpark(thread);
        }
    }

    private void awaitCommit(List<Entry> entries) {
        // The last record is committed last.
        Entry last = entries.get(entries.size() - 1);
        lock.lock();
        try {
            if (!await(committed, limits.commitTimeout(), () -> last.settled)) {
                // A request that gives up is refused, and needs no record.
                entries.forEach(entry -> entry.cancelled = true);
                throw giveUp();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Marks the database as unreachable, so that the next request is refused at once. */
    private TokenException giveUp() {
        unreachable = true;
        return refusal();
    }

    /** Waits for a state, up to a timeout. Returns whether it was reached. */
    private static boolean await(Condition condition, Duration timeout, BooleanSupplier isReached) {
        long nanos = timeout.toNanos();
        try {
            while (!isReached.getAsBoolean()) {
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

    /** The number of waiting records. */
    public int waiting() {
        return waiting.get();
    }

    /** The number of written records. */
    public long written() {
        return written.get();
    }

    /** The number of records that were dropped because they cannot be stored. */
    public long dropped() {
        return dropped.get();
    }

    /** The number of failed transactions. */
    public long failures() {
        return failures.get();
    }

    /** The current problem, if there is one. */
    public Optional<String> problem() {
        return unreachable ? Optional.of("records cannot be written; the log says why") : Optional.empty();
    }

    private void writeAll() {
        boolean failing = false;
        while (take()) {
            try {
                write(List.copyOf(taken));
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
                failures.incrementAndGet();
                unreachable = true;
                pause(limits.retry(), () -> abandoned);
            }
        }
    }

    /** Writes records in one transaction. If the database refuses one of them, bisects the batch to find and drop it. */
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

    /** The reason if a failure would repeat with the same records, without their content, which messages may quote. */
    private static Optional<String> refusal(RuntimeException failure) {
        return failure instanceof StorageException storage
                ? storage.dataRefusal().map(state -> "SQLSTATE " + state)
                : Optional.of(FailureTrace.withoutMessages(failure));
    }

    /** Drops the record, but keeps its answer: otherwise the client would repeat the request, and the record would block the queue for ever. */
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

    /** Waits for records, and takes the oldest ones. Returns whether there are any; none after the end. */
    private boolean take() {
        while (waiting.get() == 0 && !closed) {
            park();
        }
        if (recording == Recording.ASYNC) {
            pause(GATHERING, () -> closed || waiting.get() >= LARGEST_BATCH);
        }
        while (!abandoned && waiting.get() > 0) {
            takeArrived();
            if (!taken.isEmpty()) {
                return true;
            }
            park();
        }
        return false;
    }

    private void takeArrived() {
        while (taken.size() < LARGEST_BATCH) {
            Entry entry = arrived.poll();
            if (entry == null) {
                return;
            }
            taken.add(entry);
        }
    }

    /** Waits for the next record to arrive, or for the end. */
    private void park() {
        idle = true;
        if (arrived.isEmpty()) {
            LockSupport.park(this);
        }
        idle = false;
    }

    /** Waits up to a time, or until a state is reached. */
    private void pause(Duration time, BooleanSupplier isReached) {
        long end = System.nanoTime() + time.toNanos();
        long remaining = time.toNanos();
        while (remaining > 0 && !isReached.getAsBoolean()) {
            LockSupport.parkNanos(this, remaining);
            remaining = end - System.nanoTime();
        }
    }

    private static List<TokenRecord> records(List<Entry> batch) {
        List<TokenRecord> records = new ArrayList<>(batch.size());
        for (Entry entry : batch) {
            if (!entry.cancelled) {
                records.add(entry.record);
            }
        }
        return records;
    }

    /** Removes the first records of the queue, and wakes the requests that wait. */
    private void finished(int count) {
        lock.lock();
        try {
            for (int i = 0; i < count; i++) {
                taken.removeFirst().settled = true;
            }
            waiting.addAndGet(-count);
            unreachable = false;
            committed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Writes the waiting records, and accepts no more. */
    @Override
    public void close() {
        if (recording == Recording.OFF) {
            return;
        }
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        abandoned = true;
        LockSupport.unpark(thread);
        if (waiting.get() > 0) {
            LOG.error("Records that could not be written before shutdown and are lost: {}", waiting);
        }
    }
}
