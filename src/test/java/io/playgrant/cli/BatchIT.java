package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.cli.PackagedProgram.Finished;
import io.playgrant.config.TestInstallation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs over a file that are stopped half-way. */
class BatchIT {

    private static final int REQUESTS = 20_000;

    /** Bytes of results after which a run is stopped. */
    private static final int SOME = 300_000;

    private static final String KEY = secret("b1b2b3b4b5b6b7b8b9babbbcbdbebfb0");

    private static final Map<String, String> SMALL_HEAP = Map.of("JAVA_TOOL_OPTIONS", "-Xmx128m");

    private Path data;
    private Path requests;
    private Path out;
    private String[] command;

    @BeforeEach
    void prepare(@TempDir Path folder) throws Exception {
        data = folder.resolve("data");
        requests = folder.resolve("requests.csv");
        out = folder.resolve("tokens.csv");
        Files.writeString(
                requests,
                IntStream.range(0, REQUESTS)
                        .mapToObj(i -> "movie-" + i + ",\"^film\"," + KEY + ",1,0,\"two\nlines\"\n")
                        .collect(Collectors.joining(
                                "", "id,kid,contentKey,securityLevel,hdcpOutputControl,comment\n", "")));
        Path authenticator = Files.writeString(folder.resolve("authenticator"), TestInstallation.createAccount(data));
        command = new String[] {
            "batch",
            requests.toString(),
            "--out",
            out.toString(),
            "--authenticator-file",
            authenticator.toString(),
            "--resume"
        };
    }

    @Test
    void kills_loseNoLine_andRepeatNone() throws Exception {
        for (int kill = 1; kill <= 4; kill++) {
            Process process = startAndAwait((long) kill * SOME);
            process.destroyForcibly().waitFor();
        }
        finish();
    }

    @Test
    void signal_writesWhatIsUnderWay_andSaysHowToGoOn() throws Exception {
        Process process = startAndAwait(SOME);
        process.destroy();
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(Files.readString(out)).endsWith("\n");
        finish();
    }

    private Process startAndAwait(long size) throws Exception {
        Process process = PackagedProgram.start(data, SMALL_HEAP, command);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !process.isAlive() || (Files.exists(out) && Files.size(out) >= size));
        assertThat(process.isAlive()).isTrue();
        return process;
    }

    private void finish() throws Exception {
        int before = Files.readAllLines(out).size();
        assertThat(before).isBetween(2, REQUESTS);
        Finished finished = PackagedProgram.run(data, SMALL_HEAP, command);
        assertThat(finished.err())
                .endsWith("playgrant: The column 'comment' is not a parameter and is ignored\n" + "playgrant: ok "
                        + REQUESTS + "\n");
        assertThat(finished.status()).isZero();
        List<String> ids = Files.readAllLines(out).stream()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(',')))
                .toList();
        assertThat(ids)
                .isEqualTo(
                        IntStream.range(0, REQUESTS).mapToObj(i -> "movie-" + i).toList());
    }
}
