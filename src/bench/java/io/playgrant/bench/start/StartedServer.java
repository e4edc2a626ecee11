package io.playgrant.bench.start;

import io.playgrant.bench.measure.ProcessFigures;
import io.playgrant.bench.server.Answer;
import io.playgrant.bench.server.BenchFolder;
import io.playgrant.bench.server.PlaygrantServer;
import io.playgrant.bench.server.ServerProcess;
import io.playgrant.broker.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A server that has just given its first token.
 *
 * @param firstToken the seconds from the start of its process to that token
 */
record StartedServer(ServerProcess process, int port, int managementPort, String target, double firstToken)
        implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 1;

    /** Starts a server, and asks for a token again and again until it gives one. */
    static StartedServer start(BenchFolder folder, JavaVariant java) throws IOException, InterruptedException {
        int port = FreePort.find();
        int managementPort = FreePort.find();
        String target = "/hms/wv/token?customerAuthenticator=" + folder.authenticator()
                + "&kid=%5Emy-first-film&contentKey=" + BenchFolder.CONTENT_KEY
                + "&securityLevel=1&hdcpOutputControl=0";
        byte[] request = ("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        Map<String, String> environment = new HashMap<>(java.environment());
        environment.put("PLAYGRANT_HTTP_PORT", Integer.toString(port));
        environment.put("PLAYGRANT_MANAGEMENT_PORT", Integer.toString(managementPort));
        long begin = System.nanoTime();
        ServerProcess process = PlaygrantServer.launch(folder.data(), environment);
        while (!answers(port, request)) {
            if (!process.isAlive() || System.nanoTime() - begin > PATIENCE.toNanos()) {
                process.close();
                throw new IllegalStateException("the server gave no token on " + java.name());
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return new StartedServer(process, port, managementPort, target, (System.nanoTime() - begin) / 1e9);
    }

    private static boolean answers(int port, byte[] request) {
        try {
            return Answer.of(port, request).status() == 200;
        } catch (IOException e) {
            // It does not listen yet.
            return false;
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port + target);
    }

    ProcessFigures figures() {
        return process.figures();
    }

    /** Without the target, which holds the authenticator. */
    @Override
    public String toString() {
        return "StartedServer[" + port + "]";
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
