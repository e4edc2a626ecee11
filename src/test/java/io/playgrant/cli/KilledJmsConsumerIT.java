package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.TestBroker;
import io.playgrant.account.Limit;
import io.playgrant.batch.SampleMessage;
import io.playgrant.cli.PackagedProgram.Finished;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.config.TestInstallation;
import jakarta.jms.JMSContext;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed while it reads a queue, again and again. */
class KilledJmsConsumerIT {

    private static final int MESSAGES = 1_000;
    private static final int KILLS = 2;
    private static final String REQUESTS = "playgrant.token.requests";
    private static final String RESULTS = "playgrant.token.results";
    private static final String KEY = secret("e0e1e2e3e4e5e6e7e8e9eaebecedeeef");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void kills_loseNoMessage_andEachIsChargedForOnce(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        String authenticator = TestInstallation.createAccount(data, Limit.of(2 * MESSAGES));
        try (TestBroker broker = TestBroker.started(folder.resolve("broker"));
                JMSContext client = broker.client()) {
            SampleMessage request = SampleMessage.of(KEY).withAuthenticator(authenticator);
            for (int i = 0; i < MESSAGES; i++) {
                TestBroker.send(client, REQUESTS, request.json("id-" + i), null);
            }
            Map<String, String> environment = Map.of("PLAYGRANT_JMS_URL", broker.url());
            for (int kill = 1; kill <= KILLS; kill++) {
                long enough = (long) kill * MESSAGES / (KILLS + 2);
                try (Server server = PackagedProgram.serve(data, environment)) {
                    await().atMost(PATIENCE).until(() -> broker.count(RESULTS) >= enough);
                    server.kill();
                }
            }
            assertThat(broker.count(REQUESTS)).isPositive();
            long answers;
            try (Server server = PackagedProgram.serve(data, environment)) {
                await().atMost(PATIENCE).until(() -> broker.count(REQUESTS) == 0);
                answers = broker.count(RESULTS);
                assertThat(server.terminate()).isZero();
            }
            assertThat(answeredIds(client, answers)).hasSize(MESSAGES);
        }
        assertThat(creditsLeft(data)).isEqualTo(MESSAGES);
    }

    private static Set<String> answeredIds(JMSContext client, long answers) throws Exception {
        Set<String> ids = new TreeSet<>();
        for (long i = 0; i < answers; i++) {
            TextMessage answer = (TextMessage) TestBroker.receive(client, client.createQueue(RESULTS));
            JsonNode json = JSON.readTree(answer.getText());
            assertThat(json.has("licenseUrl")).isTrue();
            ids.add(json.get("id").textValue());
        }
        return ids;
    }

    private static long creditsLeft(Path data) throws Exception {
        Finished shown = PackagedProgram.run(data, "account", "show", "1001", "--json");
        return JSON.readTree(shown.out()).get("credits").longValue();
    }
}
