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
 * Answers requests in chunks. One thread reads them, several threads obtain tokens, and the caller's thread writes the results in the order
 * of the requests. The number of chunks in progress is limited, so memory is bounded whatever the length of the file.
 */
public final class ChunkPipeline {

    private static final int CHUNKS_FOR_A_THREAD = 4;
    private static final int MOST_ROWS = 200;
    private static final int MOST_BYTES = 64 * 1024;

    /** How often the writer checks whether the run was stopped. */
    private static final long STOP_CHECK_MILLIS = 200;

    private final ChunkWork work;
    private final int threads;
    private final CountDownLatch stop;

    /** Set by the reader before it queues the end marker. */
    private volatile boolean complete;

    /** The failure that ended the run. After it, no chunk is started: each would try the unreachable source again. */
    private final AtomicReference<@Nullable RuntimeException> end = new AtomicReference<>();

    /**
     * A pipeline for one run.
     *
     * @param requests the format of the requests
     * @param tokens the source of tokens
     * @param results the format of the results
     * @param threads the number of threads that obtain tokens
     * @param stop when opened, stops the run; results in progress are still written. The end of the run opens it, too
     */
    public ChunkPipeline(
            RequestFormat requests, TokenSource tokens, ResultFormat results, int threads, CountDownLatch stop) {
        this.work = new ChunkWork(requests, tokens, results);
        this.threads = threads;
        this.stop = stop;
    }

    /** Receives the progress of a run. */
    @FunctionalInterface
    public interface Progress {

        /**
         * Called after every chunk.
         *
         * @param position the number of bytes of requests read so far
         * @param answered the number of requests answered and written so far, including earlier runs
         */
        void at(long position, long answered);
    }

    /**
     * Answers the rows of the reader, until its end or until the run is stopped.
     *
     * @param summary counts the results that were written
     * @return whether all requests were answered before a stop
     * @throws BatchException if the requests cannot be read, no tokens can be obtained, or the results cannot be written
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
            // The reader may be waiting for room in the queue, or for more requests.
            reading.interrupt();
            // The caller closes the resources of the workers next.
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
            next = queue.poll(STOP_CHECK_MILLIS, TimeUnit.MILLISECONDS);
            if (next == null && stopped) {
                // The reader is waiting for requests that may never arrive.
                return null;
            }
        }
        try {
            return next.get().orElse(null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BatchException expected) {
                throw expected;
            }
            throw new IllegalStateException("A request could not be processed", e.getCause());
        }
    }

    private void read(RowReader reader, Executor workers, BlockingQueue<Future<Optional<Answer>>> queue) {
        try {
            queue.put(readAll(reader, workers, queue));
        } catch (InterruptedException | RejectedExecutionException e) {
            // The run has ended; nobody reads the queue any more.
        }
    }

    /** Queues all chunks, and returns the end marker. */
    private Future<Optional<Answer>> readAll(
            RowReader reader, Executor workers, BlockingQueue<Future<Optional<Answer>>> queue)
            throws InterruptedException {
        try {
            List<RawRow> chunk = nextChunk(reader);
            while (!chunk.isEmpty() && !isStopped()) {
                List<RawRow> rows = chunk;
                queue.put(CompletableFuture.supplyAsync(() -> Optional.of(answer(rows)), workers));
                chunk = nextChunk(reader);
            }
            complete = chunk.isEmpty();
            return CompletableFuture.completedFuture(Optional.empty());
        } catch (IOException e) {
            return CompletableFuture.failedFuture(
                    new BatchException("The requests cannot be read: " + StorageException.reason(e)));
        }
    }

    /** After a failure, all chunks fail in the same way, because the writer may meet a later chunk first. */
    private Answer answer(List<RawRow> rows) {
        RuntimeException ended = end.get();
        if (ended != null) {
            throw ended;
        }
        try {
            return work.answer(rows);
        } catch (RuntimeException e) {
            end.compareAndSet(null, e);
            throw e;
        }
    }

    private boolean isStopped() {
        return stop.getCount() == 0;
    }

    /** The next rows; none at the end. Returns the rows read so far instead of waiting for more. A failure is thrown by the next call. */
    private static List<RawRow> nextChunk(RowReader reader) throws IOException {
        List<RawRow> chunk = new ArrayList<>(MOST_ROWS);
        int bytes = 0;
        try {
            RawRow row = reader.next();
            while (row != null) {
                chunk.add(row);
                bytes += row.bytes().length;
                boolean full = chunk.size() == MOST_ROWS || bytes >= MOST_BYTES || reader.mayBlock();
                row = full ? null : reader.next();
            }
        } catch (IOException e) {
            if (chunk.isEmpty()) {
                throw e;
            }
            // The next call fails in the same way.
        }
        return chunk;
    }
}
