package io.playgrant.batch;

import io.playgrant.batch.ChunkWork.Answer;
import io.playgrant.batch.row.RawRow;
import io.playgrant.batch.row.RowReader;
import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests in chunks: one thread reads, some ask for tokens, the caller's writes in the order of the requests. A bounded number
 * of chunks is under way, so that memory stays flat whatever the length of the file.
 */
public final class ChunkPipeline {

    private static final int CHUNKS_FOR_A_THREAD = 4;
    private static final int MOST_RECORDS = 200;
    private static final int MOST_BYTES = 64 * 1024;

    /** How often the writer looks whether it is to stop. */
    private static final long GLANCE_MILLIS = 200;

    private final ChunkWork work;
    private final int threads;
    private final CountDownLatch stop;

    /** Set by the reader before the end of the queue. */
    private volatile boolean complete;

    /** Why no chunk is begun any more: each would ask a source that is away once more. */
    private final AtomicReference<@Nullable RuntimeException> end = new AtomicReference<>();

    /**
     * A pipeline for one run.
     *
     * @param requests how records are requests
     * @param tokens who issues
     * @param results how results are lines
     * @param threads how many of them ask for tokens
     * @param stop ends the run when it is opened; what is under way by then is still written. The end of the run opens it, too
     */
    public ChunkPipeline(
            RequestFormat requests, TokenSource tokens, ResultFormat results, int threads, CountDownLatch stop) {
        this.work = new ChunkWork(requests, tokens, results);
        this.threads = threads;
        this.stop = stop;
    }

    /** Is told how far a run has come. */
    @FunctionalInterface
    public interface Progress {

        /**
         * Is told after every few requests.
         *
         * @param position how many bytes of the requests were read
         * @param answered how many requests were answered and written, with those of earlier runs
         */
        void at(long position, long answered);
    }

    /**
     * Answers what the reader has, until its end or the stop.
     *
     * @param summary counts what was written
     * @return whether all is answered, not stopped before
     * @throws BatchException if the requests cannot be read, nobody issues tokens, or the results cannot be written
     */
    public boolean run(RowReader reader, ResultSink sink, Summary summary, Progress progress)
            throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> daemon(task, "batch"));
        BlockingQueue<Future<Optional<Answer>>> queue = new ArrayBlockingQueue<>(threads * CHUNKS_FOR_A_THREAD);
        Thread reading = daemon(() -> read(reader, workers, queue), "batch-reader");
        reading.start();
        try {
            for (Answer answer = take(queue); answer != null; answer = take(queue)) {
                sink.write(answer.lines());
                summary.add(answer.tally());
                progress.at(reader.position(), summary.count());
            }
            return complete;
        } finally {
            end.compareAndSet(null, new BatchException("The run has ended"));
            workers.shutdown();
            stop.countDown();
            // It may wait for a place in the queue, or for more requests.
            reading.interrupt();
            // What they work with is closed next.
            workers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** The next answer; null at the end. */
    private @Nullable Answer take(BlockingQueue<Future<Optional<Answer>>> queue) throws InterruptedException {
        Future<Optional<Answer>> next = null;
        while (next == null) {
            boolean stopped = isStopped();
            next = queue.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
            if (next == null && stopped) {
                // The reader waits for requests that may never come.
                return null;
            }
        }
        try {
            return next.get().orElse(null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BatchException expected) {
                throw expected;
            }
            throw new IllegalStateException("A request could not be worked on", e.getCause());
        }
    }

    private void read(RowReader reader, Executor workers, BlockingQueue<Future<Optional<Answer>>> queue) {
        try {
            queue.put(readAll(reader, workers, queue));
        } catch (InterruptedException | RejectedExecutionException e) {
            // Nobody waits for more.
        }
    }

    /** Gives the end of the queue. */
    private Future<Optional<Answer>> readAll(
            RowReader reader, Executor workers, BlockingQueue<Future<Optional<Answer>>> queue)
            throws InterruptedException {
        try {
            List<RawRow> chunk = nextChunk(reader);
            while (!chunk.isEmpty() && !isStopped()) {
                List<RawRow> records = chunk;
                queue.put(CompletableFuture.supplyAsync(() -> Optional.of(answer(records)), workers));
                chunk = nextChunk(reader);
            }
            complete = chunk.isEmpty();
            return CompletableFuture.completedFuture(Optional.empty());
        } catch (IOException e) {
            return CompletableFuture.failedFuture(
                    new BatchException("The requests cannot be read: " + StorageException.reason(e)));
        }
    }

    /** A chunk that comes too late fails as the one that ended the run did: it may be the one that is told of. */
    private Answer answer(List<RawRow> records) {
        RuntimeException ended = end.get();
        if (ended != null) {
            throw ended;
        }
        try {
            return work.answer(records);
        } catch (RuntimeException e) {
            end.compareAndSet(null, e);
            throw e;
        }
    }

    private boolean isStopped() {
        return stop.getCount() == 0;
    }

    /** Some records; none at the end. It is not waited for more when there are some, and a failure comes after them. */
    private static List<RawRow> nextChunk(RowReader reader) throws IOException {
        List<RawRow> chunk = new ArrayList<>(MOST_RECORDS);
        int bytes = 0;
        try {
            RawRow record = reader.next();
            while (record != null) {
                chunk.add(record);
                bytes += record.bytes().length;
                boolean full = chunk.size() == MOST_RECORDS || bytes >= MOST_BYTES || reader.mayBlock();
                record = full ? null : reader.next();
            }
        } catch (IOException e) {
            if (chunk.isEmpty()) {
                throw e;
            }
            // The reader fails with it again.
        }
        return chunk;
    }
}
