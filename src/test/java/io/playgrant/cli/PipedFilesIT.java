package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.batch.SampleMessage;
import io.playgrant.cli.PackagedProgram.Finished;
import io.playgrant.config.TestInstallation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests and keys that come through pipes into processes. */
class PipedFilesIT {

    private static final int REQUESTS = 20_000;
    private static final String KEY = secret("c1c2c3c4c5c6c7c8c9cacbcccdcecfc0");
    private static final String EK = secret("5dbd06c0056b42fe0b8cf406679620c31bd619732730433d");

    /** Less than the requests have bytes. */
    private static final Map<String, String> SMALL_HEAP =
            Map.of("JAVA_TOOL_OPTIONS", "-Xmx48m -XX:+ExitOnOutOfMemoryError");

    private static final String PADDING = "x".repeat(4_000);

    @TempDir
    private Path folder;

    private Path data;
    private Path authenticator;

    @BeforeEach
    void createAccount() throws Exception {
        data = folder.resolve("data");
        authenticator = Files.writeString(folder.resolve("authenticator"), TestInstallation.createAccount(data));
    }

    @Test
    void arrayOnOneLine_isAnswered_inASmallHeap() throws Exception {
        Path requests = TestHome.fifo(folder.resolve("requests"));
        Path out = folder.resolve("tokens.csv");
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> writeArray(requests));
        Finished finished = PackagedProgram.run(
                data,
                SMALL_HEAP,
                "batch",
                requests.toString(),
                "--out",
                out.toString(),
                "--authenticator-file",
                authenticator.toString());
        assertThat(finished.err()).endsWith("playgrant: ok " + REQUESTS + "\n");
        assertThat(finished.status()).isZero();
        written.get(10, TimeUnit.SECONDS);
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(REQUESTS + 1);
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(lines.get(i + 1)).startsWith(i + ",");
        }
    }

    @Test
    void devStdin_isStandardInput() throws Exception {
        Path out = folder.resolve("tokens.jsonl");
        Process batch = PackagedProgram.start(
                data,
                Map.of(),
                "batch",
                "/dev/stdin",
                "--out",
                out.toString(),
                "--authenticator-file",
                authenticator.toString());
        give(batch, request(1, "") + "\n");
        assertThat(Files.readString(out)).startsWith("{\"id\":\"1\",\"licenseUrl\":");

        Process keys = PackagedProgram.start(data, Map.of(), "key", "import", "--account", "1001", "/dev/stdin");
        give(keys, "kid,ek\n^a," + EK + "\n");
        assertThat(PackagedProgram.run(data, "key", "list", "--account", "1001", "--json")
                        .out())
                .contains("\"ek\":\"" + EK + "\"");
    }

    private static void give(Process process, String text) throws Exception {
        try (OutputStream in = process.getOutputStream()) {
            in.write(text.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static void writeArray(Path path) {
        try (BufferedWriter writer = Files.newBufferedWriter(path)) {
            for (int i = 0; i < REQUESTS; i++) {
                writer.append(i == 0 ? '[' : ',').append(request(i, PADDING));
            }
            writer.append(']');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String request(int id, String title) {
        return SampleMessage.of(KEY).with("title", title).json(Integer.toString(id));
    }
}
