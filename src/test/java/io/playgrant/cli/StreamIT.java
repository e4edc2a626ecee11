package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.batch.SampleMessage;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.config.TestInstallation;
import io.playgrant.route.stream.StreamConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code POST /hms/wv/tokens} of the packaged program, in a small heap. */
class StreamIT {

    private static final String KEY = secret("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf");
    private static final int LINES = 200_000;
    private static final int LINES_A_CHUNK = 100;

    /** Java ends the server when it is full. */
    private static final Map<String, String> SMALL_HEAP =
            Map.of("JAVA_TOOL_OPTIONS", "-Xmx96m -XX:+ExitOnOutOfMemoryError");

    @TempDir
    Path folder;

    @Test
    void longStream_isAnsweredWhole_inASmallHeap() throws Exception {
        Path data = folder.resolve("data");
        String authenticator = TestInstallation.createAccount(data);
        try (Server server = PackagedProgram.serve(data, SMALL_HEAP);
                StreamConnection stream = connect(server).begin(authenticator)) {
            Thread sender = new Thread(() -> send(stream), "sender");
            sender.start();
            assertThat(stream.head().status()).isEqualTo(200);
            for (int i = 0; i < LINES; i++) {
                assertThat(stream.line()).startsWith("{\"id\":\"" + i + "\",\"licenseUrl\":");
            }
            assertThat(stream.line()).isNull();
            assertThat(stream.isComplete()).isTrue();
            sender.join();
        }
    }

    @Test
    void termination_answersWhatWasRead_andCutsTheStream() throws Exception {
        Path data = folder.resolve("data");
        String authenticator = TestInstallation.createAccount(data);
        Server server = PackagedProgram.serve(data);
        try (StreamConnection stream = connect(server).begin(authenticator)) {
            Thread sender = new Thread(() -> send(stream), "sender");
            sender.start();
            stream.head();
            for (int i = 0; i < 1_000; i++) {
                assertThat(stream.line()).startsWith("{\"id\":\"" + i + "\",\"licenseUrl\":");
            }
            server.process().destroy();
            List<String> rest = stream.lines();
            for (int i = 0; i < rest.size(); i++) {
                assertThat(rest.get(i))
                        .startsWith("{\"id\":\"" + (1_000 + i) + "\",\"licenseUrl\":")
                        .endsWith("}");
            }
            assertThat(stream.isComplete()).isFalse();
            await().atMost(Duration.ofSeconds(30)).until(() -> !server.process().isAlive());
            assertThat(server.process().exitValue()).isZero();
            sender.join();
        }
    }

    private static void send(StreamConnection stream) {
        try {
            for (int i = 0; i < LINES; i += LINES_A_CHUNK) {
                StringBuilder chunk = new StringBuilder();
                for (int j = i; j < i + LINES_A_CHUNK; j++) {
                    chunk.append(SampleMessage.of(KEY).with("kid", "^film-" + j).json(Integer.toString(j)))
                            .append('\n');
                }
                stream.send(chunk.toString());
            }
            stream.finish();
        } catch (IOException e) {
            // The server ended before all was sent; what it answered is what counts.
        }
    }

    private static StreamConnection connect(Server server) throws IOException {
        return new StreamConnection(new Socket(InetAddress.getLoopbackAddress(), server.port()));
    }
}
