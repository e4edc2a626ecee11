package io.playgrant.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A timeout for the body of an answer: closes it if no data arrives. Java's HTTP client waits for ever once it has the head. */
final class SilenceLimit extends FilterInputStream {

    private final long limit;
    private volatile long last = System.nanoTime();
    private volatile boolean exceeded;

    /** Cancelled when the answer is closed, so that the timer keeps no reference to it. */
    private volatile CompletableFuture<Void> alarm = new CompletableFuture<>();

    private SilenceLimit(InputStream answer, Duration limit) {
        super(answer);
        this.limit = limit.toNanos();
    }

    /**
     * Starts the timeout for an answer.
     *
     * @param answer the answer; if another thread closes it, a blocked read must end
     */
    static SilenceLimit on(InputStream answer, Duration limit) {
        SilenceLimit limited = new SilenceLimit(answer, limit);
        limited.watch(limited.limit);
        return limited;
    }

    /** Whether the timeout has closed it. */
    boolean isExceeded() {
        return exceeded;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        last = System.nanoTime();
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        last = System.nanoTime();
        return read;
    }

    @Override
    public void close() throws IOException {
        alarm.cancel(false);
        super.close();
    }

    private void watch(long nanos) {
        alarm = new CompletableFuture<Void>().completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
        CompletableFuture<Void> unused = alarm.thenRun(this::check);
    }

    private void check() {
        long left = limit - (System.nanoTime() - last);
        if (left > 0) {
            watch(left);
            return;
        }
        exceeded = true;
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
