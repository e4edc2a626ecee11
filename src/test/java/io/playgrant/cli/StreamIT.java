package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Accounts;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.config.Settings;
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
        String authenticator = newAuthenticator(data);
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
        String authenticator = newAuthenticator(data);
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
                    chunk.append("{\"id\":\"")
                            .append(j)
                            .append("\",\"parameters\":{\"kid\":\"^film-")
                            .append(j);
                    chunk.append("\",\"contentKey\":\"").append(KEY);
                    chunk.append("\",\"securityLevel\":1,\"hdcpOutputControl\":0}}\n");
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

    private static String newAuthenticator(Path data) {
        Settings settings = Settings.load(Path.of("").toAbsolutePath(), Map.of("PLAYGRANT_DATA_DIR", data.toString()));
        try (Application application = Application.open(settings)) {
            Accounts.Created created = application.accounts().create("Stream", Profile.STRICT, List.of());
            return secret(created.authenticator(Environment.PRODUCTION).reveal());
        }
    }
}
