package io.playgrant.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Asks at a constant rate, however long the answers take. A latency counts from the time at which its request was due, so that a request
 * that had to wait for a free connection counts with its wait.
 */
public final class OpenLoop implements AutoCloseable {

    private static final int DIGITS = 3;
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

    private final ByteBuffer request;
    private final Selector selector = Selector.open();
    private final List<Connection> connections = new ArrayList<>();
    private final Histogram latency = new Histogram(DIGITS);
    private final Histogram lateness = new Histogram(DIGITS);

    // Guarded by this.
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Deque<Long> overdue = new ArrayDeque<>();

    private OpenLoop(byte[] request) throws IOException {
        this.request = ByteBuffer.wrap(request);
    }

    /**
     * The result.
     *
     * @param latency nanoseconds from the time at which a request was due to the end of its answer
     * @param lateness nanoseconds by which the driver itself was late
     */
    public record Result(Histogram latency, Histogram lateness) {

        /** A percentile of the latency, in milliseconds. */
        public double millis(double percentile) {
            return latency.getValueAtPercentile(percentile) / 1e6;
        }

        /** A percentile of the driver's own lateness, in milliseconds. */
        public double lateMillis(double percentile) {
            return lateness.getValueAtPercentile(percentile) / 1e6;
        }
    }

    /**
     * Asks a server on this machine.
     *
     * @param request the bytes of one request
     * @param rate requests per second
     */
    public static Result run(int port, byte[] request, int connections, double rate, Duration time)
            throws IOException, InterruptedException {
        try (OpenLoop loop = new OpenLoop(request)) {
            for (int i = 0; i < connections; i++) {
                loop.connect(port);
            }
            return loop.run(rate, time);
        }
    }

    private void connect(int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        Connection connection = new Connection(channel);
        channel.register(selector, SelectionKey.OP_READ, connection);
        connections.add(connection);
        idle.add(connection);
    }

    private Result run(double rate, Duration time) throws IOException, InterruptedException {
        long requests = (long) (rate * time.toNanos() / 1e9);
        long begin = System.nanoTime();
        Thread sender = new Thread(() -> sendAll(requests, rate, begin), "open-loop-sender");
        sender.start();
        long patience = begin + time.plus(LAST_ANSWERS).toNanos();
        for (long answers = 0; answers < requests; ) {
            if (System.nanoTime() > patience) {
                throw new IllegalStateException(requests - answers + " answers of " + requests + " are missing");
            }
            selector.select(LAST_ANSWERS.toMillis());
            for (SelectionKey key : selector.selectedKeys()) {
                answers += ((Connection) key.attachment()).read() ? 1 : 0;
            }
            selector.selectedKeys().clear();
        }
        sender.join();
        return new Result(latency, lateness);
    }

    private void sendAll(long requests, double rate, long begin) {
        for (long i = 0; i < requests; i++) {
            long due = begin + (long) (i * 1e9 / rate);
            long early = due - System.nanoTime();
            while (early > 0) {
                LockSupport.parkNanos(early);
                early = due - System.nanoTime();
            }
            lateness.recordValue(-early);
            send(due);
        }
    }

    private synchronized void send(long due) {
        Connection free = idle.poll();
        if (free == null) {
            overdue.add(due);
        } else {
            free.send(due);
        }
    }

    private synchronized void answered(Connection connection) {
        Long due = overdue.poll();
        if (due == null) {
            idle.add(connection);
        } else {
            connection.send(due);
        }
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.channel.close();
        }
        selector.close();
    }

    /** A connection with one request at a time. */
    private final class Connection {

        private final SocketChannel channel;
        private final ResponseReader reader = new ResponseReader();
        private final ByteBuffer input = ByteBuffer.allocateDirect(16_384);
        private volatile long since;

        private Connection(SocketChannel channel) {
            this.channel = channel;
        }

        private void send(long due) {
            since = due;
            ByteBuffer bytes = request.duplicate();
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Reads what has come. Returns whether that completes an answer. */
        private boolean read() throws IOException {
            input.clear();
            if (channel.read(input) < 0) {
                throw new IOException("the server closed a connection");
            }
            if (!reader.add(input.flip())) {
                return false;
            }
            latency.recordValue(System.nanoTime() - since);
            if (reader.status() != 200) {
                throw new IOException(reader.head());
            }
            reader.next();
            answered(this);
            return true;
        }
    }
}
