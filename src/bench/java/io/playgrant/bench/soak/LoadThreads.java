package io.playgrant.bench.soak;

import io.playgrant.bench.measure.ResponseReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Clients that ask one after the other as fast as they are answered, singly and in streams, until they are closed. */
final class LoadThreads implements AutoCloseable {

    private static final int SINGLE = 24;
    private static final int STREAMING = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** So few that all of them fit into the buffers of the connection: this client sends all before it reads. */
    private static final int LINES = 400;

    /** One for all: it keeps its connections, which would look like a leak of the server's if there were more with each pause. */
    private static final HttpClient STREAMS =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;
    private final Callers callers;
    private final Tally tally;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    LoadThreads(int port, Callers callers, Tally tally) {
        this.port = port;
        this.callers = callers;
        this.tally = tally;
        IntStream.range(0, SINGLE).forEach(i -> start("single-" + i, this::askSingly));
        IntStream.range(0, STREAMING).forEach(i -> start("stream-" + i, this::askInStreams));
    }

    /** What a thread does again and again. */
    @FunctionalInterface
    private interface Asking {
        void untilEnded() throws IOException, InterruptedException;
    }

    private void start(String name, Asking asking) {
        Thread thread = new Thread(
                () -> {
                    while (!ended) {
                        try {
                            asking.untilEnded();
                        } catch (IOException | InterruptedException e) {
                            tally.failure(name + ": " + e);
                        }
                    }
                },
                name);
        threads.add(thread);
        thread.start();
    }

    private void askSingly() throws IOException {
        ResponseReader reader = new ResponseReader();
        byte[] bytes = new byte[8_192];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            InputStream in = socket.getInputStream();
            while (!ended) {
                socket.getOutputStream().write(request(callers.anyForm()));
                boolean complete = false;
                while (!complete) {
                    int length = in.read(bytes);
                    if (length < 0) {
                        throw new IOException("an answer was cut off");
                    }
                    complete = reader.add(ByteBuffer.wrap(bytes, 0, length));
                }
                tally.answer(reader.status(), reader.body());
                reader.next();
            }
        }
    }

    private byte[] request(String form) {
        String host = " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n";
        String request = ThreadLocalRandom.current().nextBoolean()
                ? "GET /hms/wv/token?" + form + host + "\r\n"
                : "POST /hms/wv/token" + host + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                        + form.length() + "\r\n\r\n" + form;
        return request.getBytes(StandardCharsets.US_ASCII);
    }

    private void askInStreams() throws IOException, InterruptedException {
        String lines = IntStream.range(0, LINES).mapToObj(LoadThreads::line).collect(Collectors.joining("\n"));
        while (!ended) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port
                            + "/hms/wv/tokens?errorFormat=json&customerAuthenticator=" + callers.any()))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/x-ndjson")
                    .POST(BodyPublishers.ofString(lines))
                    .build();
            HttpResponse<Stream<String>> answer = STREAMS.send(request, BodyHandlers.ofLines());
            try (Stream<String> answered = answer.body()) {
                if (answer.statusCode() == 200) {
                    answered.forEach(tally::line);
                } else {
                    tally.answer(answer.statusCode(), answered.collect(Collectors.joining()));
                }
            }
        }
    }

    private static String line(int number) {
        return "{\"id\":\"" + number + "\",\"parameters\":{\"kid\":\"^film" + number
                + "\",\"contentKey\":\"00112233445566778899aabbccddeeff\",\"securityLevel\":1,\"hdcpOutputControl\":"
                + number % 4 + "}}";
    }

    /** Lets all answers come, and closes the connections. */
    @Override
    public void close() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
