package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.cli.PackagedProgram.Finished;
import io.playgrant.cli.PackagedProgram.Server;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, as processes: the server on a free port with real requests, and the command line beside it. */
class ServeIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = secret("d0d1d2d3d4d5d6d7d8d9dadbdcdddedf");
    private static final String GOOD = "&kid=%5Efilm&contentKey=" + KEY + "&securityLevel=1&hdcpOutputControl=0";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void firstStart_makesADemoAccountWhoseTokenIsExplained() throws Exception {
        Path data = folder.resolve("data");
        try (Server server = PackagedProgram.serve(data)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx------");
            for (String file : new String[] {"demo.txt", "ring.json", "hash-key.json"}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file))))
                        .isEqualTo("rw-------");
            }
            HttpResponse<String> issued =
                    get(server, "customerAuthenticator=" + demo(data).get("production") + GOOD);
            assertThat(issued.statusCode()).isEqualTo(200);
            Finished explained = PackagedProgram.run(data, "token", "explain", issued.body(), "--json");
            assertThat(explained.status()).isEqualTo(0);
            JsonNode token = JSON.readTree(explained.out());
            assertThat(token.path("valid").asBoolean()).isTrue();
            assertThat(token.path("environment").asText()).isEqualTo("production");
            assertThat(token.at("/keys/0/contentKey").asText()).isEqualTo("***");
        }
    }

    @Test
    void accountsMadeAndChangedBesideTheServer_countWithinSeconds() throws Exception {
        Path data = folder.resolve("data");
        try (Server server = PackagedProgram.serve(data)) {
            Finished created = PackagedProgram.run(data, "account", "create", "--name", "N", "--json");
            assertThat(created.status()).isEqualTo(0);
            JsonNode account = JSON.readTree(created.out());
            String number = account.path("account").asText();
            String authenticator =
                    secret(account.at("/production/customerAuthenticator").asText());
            String query = "errorFormat=json&customerAuthenticator=" + authenticator;

            assertThat(get(server, query + GOOD).statusCode()).isEqualTo(200);
            assertThat(PackagedProgram.run(data, "account", "set", number, "--profile", "lenient")
                            .status())
                    .isEqualTo(0);
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(get(server, query + "&kid=%5Efilm&contentKey=" + KEY)
                                    .statusCode())
                            .isEqualTo(200));
            assertThat(PackagedProgram.run(data, "account", "set", number, "--disabled")
                            .status())
                    .isEqualTo(0);
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(
                            () -> assertThat(get(server, query + GOOD).body()).startsWith("{\"code\":-2031,"));
        }
    }

    @Test
    void accountMadeWhileNoServerRuns_isKnownToTheNext_andThereIsNoDemo() throws Exception {
        Path data = folder.resolve("data");
        JsonNode account = JSON.readTree(PackagedProgram.run(data, "account", "create", "--name", "N", "--json")
                .out());
        assertThat(account.path("account").asInt()).isEqualTo(1001);
        String authenticator = secret(account.at("/test/customerAuthenticator").asText());
        try (Server server = PackagedProgram.serve(data)) {
            assertThat(data.resolve("demo.txt")).doesNotExist();
            String url =
                    "http://localhost:" + server.port() + "/hms/wv/token?customerAuthenticator=" + authenticator + GOOD;
            assertThat(http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void secondStart_keepsAccountsAndOpensOldTokens() throws Exception {
        Path data = folder.resolve("data");
        String authenticator;
        String url;
        try (Server server = PackagedProgram.serve(data)) {
            authenticator = demo(data).get("production");
            url = get(server, "customerAuthenticator=" + authenticator + GOOD).body();
        }
        try (Server server = PackagedProgram.serve(data)) {
            assertThat(get(server, "customerAuthenticator=" + authenticator + GOOD)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(PackagedProgram.run(data, "token", "explain", url).status())
                    .isEqualTo(0);
        }
    }

    @Test
    void termination_endsTheServerInGoodOrder() throws Exception {
        Server server = PackagedProgram.serve(folder.resolve("data"));
        assertThat(server.terminate()).isZero();
    }

    @Test
    void terminationUnderLoad_cutsNoAnswerOff() throws Exception {
        Path data = folder.resolve("data");
        Server server = PackagedProgram.serve(data);
        String target = "/hms/wv/token?customerAuthenticator=" + demo(data).get("production") + GOOD;
        try (KeepAliveClients clients = new KeepAliveClients(server.port(), target, 16)) {
            clients.awaitAnswers(500);
            assertThat(server.terminate()).isZero();
            clients.awaitEnd();
            assertThat(clients.failures()).isEmpty();
        }
    }

    @Test
    void managementPort_showsHealthAndMetrics() throws Exception {
        try (Server server = PackagedProgram.serve(folder.resolve("data"))) {
            URI observe = URI.create("http://127.0.0.1:" + server.managementPort() + "/observe/");
            assertThat(get(observe.resolve("health/ready")).body())
                    .isEqualTo("{\"status\":\"UP\",\"checks\":[{\"name\":\"service\",\"status\":\"UP\"},"
                            + "{\"name\":\"database\",\"status\":\"UP\"}]}");
            assertThat(get(observe.resolve("metrics")).body())
                    .contains("\nplaygrant_requests_total{code=\"0\",source=\"http\"} 0.0\n")
                    .doesNotContain("playgrant_build_info{version=\"unknown\"}");
        }
    }

    @Test
    void jsonLog_isOneObjectALine() throws Exception {
        Path data = folder.resolve("data");
        Path log;
        try (Server server = PackagedProgram.serve(data, Map.of("PLAYGRANT_LOG_FORMAT", "json"))) {
            log = server.log();
            String production = demo(data).get("production");
            get(server, "customerAuthenticator=" + production + "&kid=1234");
            get(server, "customerAuthenticator=1,2");
            Files.writeString(data.resolve("ring.json"), "{");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Files.readString(server.log()).contains("The previous key ring remains in use"));
            server.terminate();
        }

        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            // Newer Javas write warnings of their own, in a form of their own.
            if (!line.startsWith("WARNING: ")) {
                lines.add(JSON.readTree(line));
            }
        }
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.isObject()).isTrue();
            assertThat(line.path("time").asText()).endsWith("Z");
            assertThat(line.path("level").asText()).isIn("INFO", "WARN", "ERROR");
            assertThat(line.path("logger").asText()).isNotEmpty().isNotEqualTo("io.vertx.ext.web.RoutingContext");
            assertThat(line.path("message").asText()).isNotEmpty();
        });
        JsonNode known = lines.stream()
                .filter(line -> line.path("code").asInt() == -4020)
                .findFirst()
                .orElseThrow();
        assertThat(known.path("logger").asText()).isEqualTo("io.playgrant.refused");
        assertThat(known.path("request").asText()).matches("[0-9a-f]{16}");
        assertThat(known.path("source").asText()).isEqualTo("http");
        assertThat(known.path("account").isNumber()).isTrue();
        assertThat(known.path("account").asLong()).isEqualTo(1001);
        assertThat(known.path("status").isNumber()).isTrue();
        assertThat(known.path("status").asInt()).isEqualTo(400);
        assertThat(known.path("details").asText()).startsWith("kid must be ");
        JsonNode unknown = lines.stream()
                .filter(line -> line.path("code").asInt() == -2018)
                .findFirst()
                .orElseThrow();
        assertThat(unknown.has("account")).isFalse();
    }

    @Test
    void managementPortInUse_isASentence_andTheEnd() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            Finished failed = PackagedProgram.run(
                    folder.resolve("data"), Map.of("PLAYGRANT_MANAGEMENT_PORT", "" + taken.getLocalPort()), "serve");
            assertThat(failed.status()).isEqualTo(1);
            assertThat(failed.err())
                    .startsWith("playgrant: Cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .contains("(PLAYGRANT_MANAGEMENT_HOST, PLAYGRANT_MANAGEMENT_PORT)")
                    .doesNotContain("\tat ");
            assertThat(folder.resolve("data")).doesNotExist();
        }
    }

    @Test
    void onePortForBoth_isASentence_andTheEnd() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Finished failed = PackagedProgram.run(
                folder.resolve("data"),
                Map.of("PLAYGRANT_HTTP_PORT", "" + free, "PLAYGRANT_MANAGEMENT_PORT", "" + free),
                "serve");
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err()).startsWith("playgrant: Cannot listen on 127.0.0.1:" + free + " (");
    }

    @Test
    void portInUse_isASentence_andTheEnd() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            Finished failed = PackagedProgram.run(
                    folder.resolve("data"), Map.of("PLAYGRANT_HTTP_PORT", "" + taken.getLocalPort()), "serve");
            assertThat(failed.status()).isEqualTo(1);
            assertThat(failed.err())
                    .startsWith("playgrant: Cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .contains("PLAYGRANT_HTTP_PORT")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void wrongSetting_isASentence_andTheEnd() throws Exception {
        Finished failed =
                PackagedProgram.run(folder.resolve("data"), Map.of("PLAYGRANT_WORKER_THREADS", "many"), "serve");
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err())
                .isEqualTo("playgrant: PLAYGRANT_WORKER_THREADS (playgrant.worker.threads in application.properties)"
                        + " must be a number from 1 to 1000, not 'many'\n");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void certificateThatCannotBeUsed_isASentence_andTheEnd() throws Exception {
        Path certificate = Files.writeString(folder.resolve("chain.pem"), "none");
        Finished failed = PackagedProgram.run(
                folder.resolve("data"),
                Map.of(
                        "PLAYGRANT_TLS_CERTIFICATE",
                        certificate.toString(),
                        "PLAYGRANT_TLS_KEY",
                        certificate.toString()),
                "serve");
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err())
                .isEqualTo("playgrant: The file " + certificate
                        + " (PLAYGRANT_TLS_CERTIFICATE) contains no certificate\n");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void brokenRing_isASentence_andTheEnd() throws Exception {
        Path data = folder.resolve("data");
        PackagedProgram.run(data, "account", "create", "--name", "N");
        Files.writeString(data.resolve("ring.json"), "{");
        Finished failed = PackagedProgram.run(data, "serve");
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err())
                .isEqualTo("playgrant: The key file " + data.resolve("ring.json") + " is not a JWK Set\n");
    }

    private HttpResponse<String> get(Server server, String query) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + "/hms/wv/token?" + query);
        return get(uri);
    }

    private HttpResponse<String> get(URI uri) throws Exception {
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static Map<String, String> demo(Path data) throws Exception {
        return Files.readAllLines(data.resolve("demo.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> secret(line.substring(line.indexOf('=') + 1))));
    }
}
