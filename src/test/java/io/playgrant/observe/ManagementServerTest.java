package io.playgrant.observe;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.FunctionCounter;
import io.playgrant.config.Settings;
import io.playgrant.config.SettingsException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class ManagementServerTest {

    private final Health health =
            new Health(List.of(new HealthCheck("ring", false, () -> Optional.of("a \"broken\" file"))));
    private final Metrics metrics = new Metrics();
    private final ManagementServer server =
            new ManagementServer(new Settings.Management("127.0.0.1", 0), health, metrics);
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        server.close();
        metrics.close();
    }

    @Test
    void health_isJson_with503WhenAnythingIsDown() throws Exception {
        health.serves();
        HttpResponse<String> response = send("GET", "/observe/health");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.body())
                .isEqualTo("{\"status\":\"DOWN\",\"checks\":[{\"name\":\"service\",\"status\":\"UP\"},"
                        + "{\"name\":\"ring\",\"status\":\"DOWN\",\"data\":{\"problem\":\"a \\\"broken\\\" file\"}}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/observe/health/live", "/observe/metrics"})
    void clientThatShutsDownItsSendingSide_getsItsAnswer(String path) throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 200 OK\r\n");
            }
        }
    }

    @Test
    void liveAndReady_answerForThemselves() throws Exception {
        HttpResponse<String> starting = send("GET", "/observe/health/ready");
        assertThat(starting.statusCode()).isEqualTo(503);
        assertThat(starting.body())
                .isEqualTo("{\"status\":\"DOWN\",\"checks\":[{\"name\":\"service\",\"status\":\"DOWN\","
                        + "\"data\":{\"problem\":\"the service is starting\"}}]}");
        health.serves();
        assertThat(send("GET", "/observe/health/ready?exposureLevel=full").body())
                .isEqualTo("{\"status\":\"UP\",\"checks\":[{\"name\":\"service\",\"status\":\"UP\"}]}");
        HttpResponse<String> live = send("GET", "/observe/health/live");
        assertThat(live.statusCode()).isEqualTo(200);
        assertThat(live.body()).isEqualTo("{\"status\":\"UP\",\"checks\":[]}");
    }

    @Test
    void metrics_arePrometheusText() throws Exception {
        HttpResponse<String> response = send("GET", "/observe/metrics");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body())
                .contains("playgrant_build_info{version=\"")
                .contains("jvm_memory_used_bytes{area=\"heap\"")
                .contains("process_cpu_usage ")
                .contains("process_uptime_seconds ")
                .contains("jvm_threads_live_threads ");
    }

    @Test
    void answers_areNotKeptAndNotGuessedAt() throws Exception {
        for (String path : List.of("/observe/health", "/observe/metrics", "/")) {
            HttpResponse<String> response = send("GET", path);
            assertThat(response.headers().map().keySet())
                    .containsExactlyInAnyOrder(
                            "cache-control", "content-length", "content-type", "x-content-type-options");
            assertThat(response.headers().firstValue("cache-control")).contains("no-store");
            assertThat(response.headers().firstValue("x-content-type-options")).contains("nosniff");
        }
    }

    @Test
    void failure_isAnsweredAndToldOnce_withoutItsMessage() throws Exception {
        String quoted = secret("b0b1b2b3b4b5b6b7b8b9babbbcbdbebf");
        health.watch("broken", () -> {
            throw new IllegalStateException(quoted);
        });
        FunctionCounter.builder("broken", health, any -> {
                    throw new IllegalStateException(quoted);
                })
                .register(metrics.registry());
        for (String path : List.of("/observe/health", "/observe/metrics")) {
            ListAppender<ILoggingEvent> log = new ListAppender<>();
            log.start();
            root.addAppender(log);
            try {
                HttpResponse<String> response = send("GET", path);
                assertThat(response.statusCode()).isEqualTo(500);
                assertThat(response.body()).isEqualTo("Internal Server Error\n");
            } finally {
                root.detachAppender(log);
            }
            assertThat(log.list).singleElement().satisfies(line -> {
                assertThat(line.getLevel()).isEqualTo(Level.ERROR);
                assertThat(line.getFormattedMessage())
                        .startsWith("A request for health or metrics failed: java.lang.IllegalStateException\n\tat ")
                        .doesNotContain(quoted);
                assertThat(line.getThrowableProxy()).isNull();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/observe", "/observe/", "/observe/health/", "/observe/health/x", "/hms/wv/token", "/q/dev"
            })
    void everythingElse_isNotFound(String path) throws Exception {
        assertThat(send("GET", path).statusCode()).isEqualTo(404);
    }

    @Test
    void head_hasNoBody_andOtherMethodsAreRefused() throws Exception {
        HttpResponse<String> head = send("HEAD", "/observe/health/live");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
            HttpResponse<String> response = send(method, "/observe/health/live");
            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.headers().firstValue("allow")).contains("GET, HEAD");
        }
    }

    @Test
    void portThatIsTaken_isASentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            Settings.Management settings = new Settings.Management("127.0.0.1", taken.getLocalPort());
            assertThatThrownBy(() -> new ManagementServer(settings, health, metrics).close())
                    .isInstanceOf(SettingsException.class)
                    .hasMessageStartingWith("Cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + " (PLAYGRANT_MANAGEMENT_HOST, PLAYGRANT_MANAGEMENT_PORT): ");
        }
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }
}
