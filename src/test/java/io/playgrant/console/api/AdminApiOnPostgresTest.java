package io.playgrant.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.app.Application;
import io.playgrant.config.Settings;
import io.playgrant.config.SharedInstallation;
import io.playgrant.console.api.ApiFixture.Answer;
import io.playgrant.operator.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks on PostgreSQL, and with two nodes on it. */
class AdminApiOnPostgresTest extends AdminApiChecks {

    @TempDir
    private Path data;

    private final SharedInstallation installation = SharedInstallation.create();

    @Override
    Application open(Clock time) throws Exception {
        Path one = data.resolve("one");
        installation.makeKeys(one);
        installation.makeStorageRing(one);
        return openNode(one, time);
    }

    private Application openNode(Path folder, Clock time) {
        Map<String, String> environment = new HashMap<>(installation.environment());
        environment.put("PLAYGRANT_DATA_DIR", folder.toString());
        environment.put("PLAYGRANT_MANAGEMENT_PORT", "0");
        return Application.open(Settings.load(Path.of("").toAbsolutePath(), environment), time, new SecureRandom());
    }

    @AfterEach
    void closeDatabase() {
        installation.close();
    }

    @Test
    void heldKey_withoutAStorageRing_isRefused() throws Exception {
        Path bare = data.resolve("bare");
        SharedInstallation.copyKeys(data.resolve("one"), bare);
        Files.deleteIfExists(bare.resolve("storage-ring.json"));
        try (ApiFixture other = ApiFixture.withoutService(openNode(bare, clock))) {
            Answer key = other.call("POST", "/accounts/" + other.account() + "/keys")
                    .body("{\"held\":true}")
                    .send();
            assertThat(key.status()).isEqualTo(409);
            assertThat(key.json().path("detail").asText()).startsWith("There is no storage ring.");
            assertThat(other.get("/rings/storage").status()).isEqualTo(404);
            assertThat(other.get("/rings").json().has("storage")).isFalse();
        }
    }

    @Test
    void sameRequestsAtTwoNodes_createOnce() throws Exception {
        Path two = data.resolve("two");
        SharedInstallation.copyKeys(data.resolve("one"), two);
        try (ApiFixture other = ApiFixture.withoutService(openNode(two, clock))) {
            // Only few new API tokens are checked at once.
            api.get("/me");
            other.call("GET", "/me")
                    .header("Authorization", "Bearer " + api.token(Role.ADMIN))
                    .send();
            int before = api.application().accounts().list().size();
            for (int round = 0; round < 5; round++) {
                List<CompletableFuture<Answer>> sent = new ArrayList<>();
                for (ApiFixture node : List.of(api, other, api, other)) {
                    sent.add(node.call("POST", "/accounts")
                            .header("Authorization", "Bearer " + api.token(Role.ADMIN))
                            .header("Idempotency-Key", "round-" + round)
                            .body("{\"name\":\"Once\"}")
                            .sendAsync());
                }
                List<Answer> answers = new ArrayList<>();
                for (CompletableFuture<Answer> one : sent) {
                    answers.add(one.get(60, TimeUnit.SECONDS));
                }
                assertThat(answers)
                        .extracting(Answer::status)
                        .isSubsetOf(201, 409)
                        .contains(201);
                assertThat(answers.stream()
                                .filter(answer -> answer.status() == 201)
                                .map(Answer::body)
                                .distinct())
                        .hasSize(1);
                assertThat(api.application().accounts().list()).hasSize(before + round + 1);
            }
        }
    }
}
