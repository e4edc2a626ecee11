package io.playgrant.cli;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clients that ask again and again, each over a connection that it keeps as long as the server does, until they can connect no more.
 *
 * <p>A connection that is closed before the first byte of an answer is no failure: the server had not read the request, and the client may
 * send it again (RFC 9112 section 9.3.1).
 */
final class KeepAliveClients implements AutoCloseable {

    private static final Pattern LENGTH =
            Pattern.compile("(?i)\\A(HTTP/1\\.1 200 OK)\r\n.*content-length: (\\d+)\r\n.*", Pattern.DOTALL);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int port;
    private final byte[] request;
    private final AtomicInteger answers = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    KeepAliveClients(int port, String target, int clients) {
        this.port = port;
        this.request = ("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < clients; i++) {
            Thread thread = new Thread(this::askAgainAndAgain, "client-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    void awaitAnswers(int wanted) {
        await().atMost(PATIENCE).until(() -> answers.get() >= wanted);
    }

    void awaitEnd() {
        await().atMost(PATIENCE).until(() -> threads.stream().noneMatch(Thread::isAlive));
    }

    /** Answers that were cut off, or were no success. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    private void askAgainAndAgain() {
        while (!Thread.currentThread().isInterrupted()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout((int) PATIENCE.toMillis());
                while (ask(socket)) {
                    answers.incrementAndGet();
                }
            } catch (ConnectException e) {
                return;
            } catch (IOException e) {
                failures.add(e.toString());
            }
        }
    }

    /** Whether the connection can be asked again. */
    private boolean ask(Socket socket) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        try {
            socket.getOutputStream().write(request);
            int first = in.read();
            if (first < 0) {
                return false;
            }
            head.write(first);
        } catch (IOException closedBefore) {
            return false;
        }
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("cut off in the head");
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        Matcher success = LENGTH.matcher(text);
        if (!success.matches()) {
            throw new IOException("no success: " + text.lines().findFirst().orElse(""));
        }
        int length = Integer.parseInt(success.group(2));
        if (in.readNBytes(length).length < length) {
            throw new IOException("cut off in the body");
        }
        return !text.contains("Connection: close");
    }
}
