package io.playgrant.bench.redeem;

import io.playgrant.bench.measure.Allocation;
import io.playgrant.bench.measure.Slice;
import io.playgrant.bench.measure.Wrk.Load;
import io.playgrant.bench.server.Answer;
import io.playgrant.bench.server.BenchFolder;
import io.playgrant.bench.server.PlaygrantServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A server with a licence service, and a token of it. */
final class RedemptionServer implements AutoCloseable {

    static final int CONNECTIONS = 32;

    private final Path folder;
    private final PlaygrantServer server;
    private final Allocation allocation;
    private final String issue;
    private final URI licenseUrl;

    private RedemptionServer(Path folder, PlaygrantServer server, String issue) throws IOException {
        this.folder = folder;
        this.server = server;
        this.allocation = Allocation.of(server.process().pid());
        this.issue = issue;
        Answer answer = Answer.of(server.port(), get(issue));
        if (answer.status() != 200) {
            throw new IllegalStateException("no token was issued: " + answer);
        }
        this.licenseUrl = URI.create(answer.body().strip());
    }

    /**
     * Starts a server.
     *
     * @param folder is made
     * @param settings those of the licence service
     */
    static RedemptionServer start(Path folder, Map<String, String> settings) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        BenchFolder data = BenchFolder.create(folder.resolve("data"));
        String issue = "/hms/wv/token?customerAuthenticator=" + data.authenticator() + "&kid=%5E" + Players.FILM
                + "&contentKey=" + BenchFolder.CONTENT_KEY + "&securityLevel=1&hdcpOutputControl=0";
        PlaygrantServer server = PlaygrantServer.start(data.data(), settings);
        try {
            return new RedemptionServer(folder, server, issue);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    int port() {
        return server.port();
    }

    /** The bytes of a request for a token. */
    private static byte[] get(String target) {
        return ("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The bytes of a redemption. */
    byte[] redemption(byte[] message) {
        byte[] head = ("POST " + target() + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + message.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + message.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(message, 0, request, head.length, message.length);
        return request;
    }

    private String target() {
        return licenseUrl.getRawPath() + "?" + licenseUrl.getRawQuery();
    }

    /** Has tokens issued for a while. */
    Slice issue(Duration time) throws IOException, InterruptedException {
        return slice(new Load(url(issue), CONNECTIONS, null), time);
    }

    /** Has the token redeemed for a while, with the message of a Clear Key player. */
    Slice redeem(Duration time) throws IOException, InterruptedException {
        Path script = folder.resolve("redeem.lua");
        Files.writeString(script, "wrk.method = \"POST\"\nwrk.body = '" + Players.CLEAR_KEY_REQUEST + "'\n");
        return slice(new Load(url(target()), CONNECTIONS, script), time);
    }

    private URI url(String target) {
        return URI.create("http://127.0.0.1:" + port() + target);
    }

    private Slice slice(Load load, Duration time) throws IOException, InterruptedException {
        return Slice.measure(load, time, server.figures(), allocation, false);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        allocation.close();
        server.close();
    }
}
