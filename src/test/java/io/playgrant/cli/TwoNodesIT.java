package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.app.Application;
import io.playgrant.cli.PackagedProgram.Finished;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.config.SharedInstallation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers, each with a data folder of its own, on one PostgreSQL database. */
class TwoNodesIT {

    /** What one node changes, others see within this time. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final long LARGEST_BLOCK = 500;
    private static final int CLIENTS = 2;
    private static final String KEK = secret("505152535455565758595a5b5c5d5e5f");
    private static final String CLEAR =
            "kid=%5Efilm&securityLevel=1&hdcpOutputControl=0&contentKey=" + secret("d0c1c2c3c4c5c6c7c8c9cacbcccdcecf");
    private static final String STORED = "securityLevel=1&hdcpOutputControl=0&kid=%5E";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private static Path folder;

    private static SharedInstallation installation;
    private static Map<String, String> environment;
    private static Path one;
    private static Path two;
    private static Server first;
    private static Server second;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeAll
    static void start() throws Exception {
        installation = SharedInstallation.create();
        environment = new HashMap<>(installation.environment());
        one = folder.resolve("one");
        two = folder.resolve("two");
        assertThat(PackagedProgram.run(one, environment, "ring", "init").status())
                .isZero();
        SharedInstallation.markKeys(one);
        SharedInstallation.copyKeys(one, two);
        first = PackagedProgram.serve(one, environment);
        second = PackagedProgram.serve(two, environment);
    }

    @AfterAll
    static void stop() throws Exception {
        first.close();
        second.close();
        installation.close();
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    /** An account of the test's own. */
    private record Customer(long account, String authenticator) {}

    @Test
    void disabledAccount_isRefusedByBoth() throws Exception {
        Customer customer = create();
        for (Server node : List.of(first, second)) {
            assertThat(token(node, customer, CLEAR).statusCode()).isEqualTo(200);
        }
        assertThat(command("account", "set", Long.toString(customer.account()), "--disabled")
                        .status())
                .isZero();
        await().atMost(SOON).untilAsserted(() -> {
            for (Server node : List.of(first, second)) {
                HttpResponse<String> answer = token(node, customer, CLEAR);
                assertThat(answer.statusCode()).isEqualTo(401);
                assertThat(answer.body()).contains("-2031");
            }
        });
    }

    @Test
    void credits_areSharedToTheLast_andNoMoreAreGiven() throws Exception {
        long credits = 3_000;
        Customer customer = create("--credits", Long.toString(credits));
        AtomicLong tokens = new AtomicLong();
        List<Future<?>> clients = new ArrayList<>();
        for (Server node : List.of(first, second)) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> {
                    while (token(node, customer, CLEAR).statusCode() == 200) {
                        tokens.incrementAndGet();
                    }
                    return null;
                }));
            }
        }
        for (Future<?> client : clients) {
            client.get();
        }
        assertThat(tokens).hasValue(credits);
    }

    @Test
    void keysStoredByOne_areUsedChangedAndDeletedByBoth() throws Exception {
        Customer customer = create();
        assertThat(keys("POST", first, customer, "", KEK, "{\"kid\":\"^film\"}").statusCode())
                .isEqualTo(201);
        assertThat(keys("POST", second, customer, "", KEK, "{\"kid\":\"^film\"}")
                        .statusCode())
                .isEqualTo(200);
        for (Server node : List.of(first, second)) {
            assertThat(token(node, customer, STORED + "film&kek=" + KEK).statusCode())
                    .isEqualTo(200);
        }

        String ek = secret("5dbd06c0056b42fe0b8cf406679620c31bd619732730433d");
        assertThat(keys("PUT", second, customer, "/%5Efilm", null, "{\"ek\":\"" + ek + "\"}")
                        .statusCode())
                .isEqualTo(200);
        await().atMost(SOON).untilAsserted(() -> {
            for (Server node : List.of(first, second)) {
                assertThat(token(node, customer, STORED + "film&kek=" + KEK).body())
                        .contains("-4024");
            }
        });

        assertThat(keys("DELETE", first, customer, "/%5Efilm", null, "").statusCode())
                .isEqualTo(200);
        await().atMost(SOON).untilAsserted(() -> {
            for (Server node : List.of(first, second)) {
                assertThat(token(node, customer, STORED + "film&kek=" + KEK).body())
                        .contains("-4019");
            }
        });
    }

    @Test
    void recordsAndRevocationsOfOne_areSeenOnBoth() throws Exception {
        Customer customer = create();
        List<String> urls = new ArrayList<>();
        for (Server node : List.of(first, second)) {
            urls.add(token(node, customer, CLEAR).body());
        }
        for (Server node : List.of(first, second)) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(records(node, customer)).hasSize(2));
        }

        for (String url : urls) {
            assertThat(explained(two, url).get("valid").booleanValue()).isTrue();
        }
        assertThat(command("token", "revoke", urls.get(1)).status()).isZero();
        for (Path node : List.of(one, two)) {
            assertThat(explained(node, urls.get(0)).get("valid").booleanValue()).isTrue();
            assertThat(explained(node, urls.get(1)).get("reason").textValue()).startsWith("revoked at ");
        }
    }

    private static JsonNode records(Server node, Customer customer) throws Exception {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(uri(node, "/records?customerAuthenticator=" + customer.authenticator())));
        return new ObjectMapper().readTree(answer.body()).get("records");
    }

    private static JsonNode explained(Path node, String url) throws Exception {
        return new ObjectMapper()
                .readTree(PackagedProgram.run(node, environment, "token", "explain", "--json", url)
                        .out());
    }

    @Test
    void nodeWithOtherKeys_doesNotStart() throws Exception {
        Path other = folder.resolve("other");
        try (SharedInstallation another = SharedInstallation.create()) {
            another.makeKeys(other);
        }
        assertThat(serveInVain(other))
                .contains("The key file " + other.resolve("hash-key.json")
                        + " is not the one with which the authenticators in this database were hashed");

        Files.copy(one.resolve("hash-key.json"), other.resolve("hash-key.json"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(serveInVain(other)).contains("The key rings of the nodes do not fit together: ");

        Files.delete(other.resolve("ring.json"));
        assertThat(serveInVain(other)).contains("The key file " + other.resolve("ring.json") + " is missing.");
    }

    private static String serveInVain(Path data) throws Exception {
        Finished finished = PackagedProgram.run(data, environment, "serve");
        assertThat(finished.status()).isEqualTo(1);
        return finished.err();
    }

    @Test
    void killedNode_losesNoStoredKey_andABlockOfCreditsAtMost() throws Exception {
        long credits = 1_000_000;
        Customer customer = create("--credits", Long.toString(credits));
        AtomicLong tokens = new AtomicLong();
        Queue<String> stored = new ConcurrentLinkedQueue<>();
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String name = "client-" + i + "-";
            clients.add(threads.submit(() -> {
                while (isAnswered(() -> token(second, customer, CLEAR), 200)) {
                    tokens.incrementAndGet();
                }
            }));
            clients.add(threads.submit(() -> IntStream.iterate(0, n -> n + 1)
                    .mapToObj(n -> name + n)
                    .takeWhile(kid -> isAnswered(
                            () -> keys("POST", second, customer, "", KEK, "{\"kid\":\"^" + kid + "\"}"), 201))
                    .forEach(stored::add)));
        }
        await().atMost(SOON).until(() -> tokens.get() > 100 && stored.size() > 100);
        second.kill();
        for (Future<?> client : clients) {
            client.get();
        }
        second = PackagedProgram.serve(two, environment);

        for (String kid : stored) {
            assertThat(keys("GET", first, customer, "/%5E" + kid, KEK, "").statusCode())
                    .as(kid)
                    .isEqualTo(200);
        }
        try (Application application = Application.open(installation.settings(one))) {
            long left = Objects.requireNonNull(application
                    .accounts()
                    .find(customer.account())
                    .orElseThrow()
                    .credits()
                    .most());
            assertThat(credits - tokens.get() - left).isBetween(0L, LARGEST_BLOCK);
        }
    }

    /** A request that the kill of its server may leave without an answer. */
    private interface Call {
        HttpResponse<String> send() throws IOException, InterruptedException;
    }

    private static boolean isAnswered(Call call, int status) {
        try {
            return call.send().statusCode() == status;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Customer create(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("account", "create", "--name", "N", "--json"));
        arguments.addAll(List.of(options));
        Finished finished = command(arguments.toArray(String[]::new));
        TestHome.markAll(finished.out());
        JsonNode json = new ObjectMapper().readTree(finished.out());
        return new Customer(
                json.get("account").longValue(),
                json.get("production").get("customerAuthenticator").textValue());
    }

    private static Finished command(String... arguments) throws Exception {
        return PackagedProgram.run(one, environment, arguments);
    }

    private static HttpResponse<String> token(Server node, Customer customer, String parameters)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(node, "/hms/wv/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("customerAuthenticator=" + customer.authenticator() + "&" + parameters)));
    }

    private static HttpResponse<String> keys(
            String method, Server node, Customer customer, String path, @Nullable String kek, String body)
            throws IOException, InterruptedException {
        String query = "?customerAuthenticator=" + customer.authenticator() + (kek == null ? "" : "&kek=" + kek);
        return send(HttpRequest.newBuilder(uri(node, "/keystore/keys" + path + query))
                .method(method, BodyPublishers.ofString(body)));
    }

    private static URI uri(Server node, String target) {
        return URI.create("http://127.0.0.1:" + node.port() + target);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
