package io.playgrant.console.api;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.playgrant.account.Account;
import io.playgrant.app.Application;
import io.playgrant.cli.PackagedProgram;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.config.TestInstallation;
import io.playgrant.operator.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed while accounts are created: each request that is repeated creates its account once. */
class KilledAdminApiIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int CLIENTS = 3;
    private static final int ANSWERED = 30;
    private static final int CREATED = 201;

    @TempDir
    private Path data;

    private final HttpClient client = HttpClient.newHttpClient();

    /** The answers by idempotency key; empty if there was none. */
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    private final AtomicInteger number = new AtomicInteger();

    @Test
    void repeatedCreation_afterAKill_createsOnce() throws Exception {
        String token;
        try (Application application = TestInstallation.open(data)) {
            token = secret(application
                    .operators()
                    .create(
                            "robot",
                            Role.ADMIN,
                            created -> secret(created.password().reveal()))
                    .apiToken()
                    .reveal());
        }
        try (Server server = PackagedProgram.serve(data, Map.of())) {
            List<Thread> threads = java.util.stream.IntStream.range(0, CLIENTS)
                    .mapToObj(i -> new Thread(() -> createUntilKilled(server, token)))
                    .toList();
            threads.forEach(Thread::start);
            await().atMost(SOON)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> answers.values().stream()
                                    .filter(answer -> !answer.isEmpty())
                                    .count()
                            >= ANSWERED);
            server.kill();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        try (Server server = PackagedProgram.serve(data, Map.of())) {
            for (Map.Entry<String, String> sent : answers.entrySet()) {
                HttpResponse<String> answer = create(server, token, sent.getKey());
                assertThat(answer.statusCode()).isEqualTo(CREATED);
                if (!sent.getValue().isEmpty()) {
                    assertThat(answer.body()).isEqualTo(sent.getValue());
                }
                secret(new JsonMapper()
                        .readTree(answer.body())
                        .at("/test/customerAuthenticator")
                        .asText());
            }
        }
        try (Application application = TestInstallation.open(data)) {
            assertThat(application.accounts().list().stream()
                            .map(Account::name)
                            .filter(name -> name.startsWith("key-")))
                    .containsExactlyInAnyOrderElementsOf(answers.keySet());
        }
    }

    private void createUntilKilled(Server server, String token) {
        try {
            while (true) {
                String key = "key-" + number.incrementAndGet();
                answers.put(key, "");
                HttpResponse<String> answer = create(server, token, key);
                if (answer.statusCode() == CREATED) {
                    answers.put(key, answer.body());
                }
            }
        } catch (IOException | InterruptedException e) {
            // The server was killed.
        }
    }

    private HttpResponse<String> create(Server server, String token, String key)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + server.managementPort() + "/api/v1/accounts"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString("{\"name\":\"" + key + "\"}"))
                        .build(),
                BodyHandlers.ofString());
    }
}
