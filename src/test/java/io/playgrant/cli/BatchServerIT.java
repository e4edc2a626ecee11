package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.cli.PackagedProgram.Finished;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.config.TestInstallation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs over a file that ask a server, which is killed or told to end. */
class BatchServerIT {

    private static final int REQUESTS = 20_000;

    /** Bytes of results after which something ends. */
    private static final int SOME = 300_000;

    private static final String KEY = secret("b3b2b3b4b5b6b7b8b9babbbcbdbebfb3");

    private static final Map<String, String> SMALL_HEAP = Map.of("JAVA_TOOL_OPTIONS", "-Xmx128m");

    private Path data;
    private Path requests;
    private Path out;
    private Path authenticator;

    @BeforeEach
    void prepare(@TempDir Path folder) throws Exception {
        data = folder.resolve("data");
        requests = folder.resolve("requests.csv");
        out = folder.resolve("tokens.csv");
        Files.writeString(
                requests,
                IntStream.range(0, REQUESTS)
                        .mapToObj(i -> "movie-" + i + ",^film," + KEY + ",1,0\n")
                        .collect(Collectors.joining("", "id,kid,contentKey,securityLevel,hdcpOutputControl\n", "")));
        authenticator = Files.writeString(folder.resolve("authenticator"), TestInstallation.createAccount(data));
    }

    @Test
    void results_standInTheOrderOfTheRequests() throws Exception {
        try (Server server = PackagedProgram.serve(data, SMALL_HEAP)) {
            assertFinished(PackagedProgram.run(data, SMALL_HEAP, command(server.port())));
        }
    }

    @Test
    void serverThatIsKilled_isWaitedFor() throws Exception {
        assertRunGoesOn(Server::kill);
    }

    @Test
    void serverThatEnds_isWaitedFor() throws Exception {
        assertRunGoesOn(Server::terminate);
    }

    @Test
    void kills_loseNoLine_andRepeatNone() throws Exception {
        for (int kill = 1; kill <= 2; kill++) {
            try (Server server = PackagedProgram.serve(data, SMALL_HEAP)) {
                Process run = PackagedProgram.start(data, SMALL_HEAP, command(server.port()));
                awaitResults(run, (long) kill * SOME);
                server.kill();
                run.destroyForcibly().waitFor();
            }
        }
        try (Server server = PackagedProgram.serve(data, SMALL_HEAP)) {
            assertFinished(PackagedProgram.run(data, SMALL_HEAP, command(server.port())));
        }
    }

    private interface End {

        void of(Server server) throws Exception;
    }

    private void assertRunGoesOn(End end) throws Exception {
        try (Server server = PackagedProgram.serve(data, SMALL_HEAP)) {
            Process run = PackagedProgram.start(data, SMALL_HEAP, command(server.port()));
            awaitResults(run, SOME);
            end.of(server);
            assertThat(run.isAlive()).isTrue();
            try (Server next = PackagedProgram.serve(data, at(server.port()))) {
                assertThat(run.waitFor()).isZero();
            }
        }
        assertComplete();
    }

    private static Map<String, String> at(int port) {
        Map<String, String> environment = new HashMap<>(SMALL_HEAP);
        environment.put("PLAYGRANT_HTTP_PORT", Integer.toString(port));
        return environment;
    }

    private String[] command(int port) {
        List<String> command = new ArrayList<>(List.of("batch", requests.toString(), "--out", out.toString()));
        command.addAll(List.of("--server", "http://127.0.0.1:" + port));
        command.addAll(List.of("--authenticator-file", authenticator.toString(), "--threads", "4", "--resume"));
        return command.toArray(String[]::new);
    }

    private void awaitResults(Process run, long size) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !run.isAlive() || (Files.exists(out) && Files.size(out) >= size));
        assertThat(run.isAlive()).isTrue();
    }

    private void assertFinished(Finished finished) throws Exception {
        assertThat(finished.err()).endsWith("playgrant: ok " + REQUESTS + "\n");
        assertThat(finished.status()).isZero();
        assertComplete();
    }

    private void assertComplete() throws Exception {
        List<String> ids = Files.readAllLines(out).stream()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(',')))
                .toList();
        assertThat(ids)
                .isEqualTo(
                        IntStream.range(0, REQUESTS).mapToObj(i -> "movie-" + i).toList());
    }
}
