package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.TestBroker;
import io.playgrant.account.Limit;
import io.playgrant.app.Application;
import io.playgrant.batch.SampleMessage;
import io.playgrant.broker.KafkaBroker;
import io.playgrant.broker.KafkaClient;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.config.TestInstallation;
import jakarta.jms.JMSContext;
import jakarta.jms.TextMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A consumer of a Kafka topic or a JMS queue that is told to end while its database hangs. */
class HangingConsumerIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long CREDITS = 1_000;
    private static final String REQUESTS = "playgrant.token.requests";
    private static final String DEAD = "playgrant.token.dead";
    private static final String RESULTS = "playgrant.token.results";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = secret("d0d1d2d3d4d5d6d7d8d9dadbdcdddedf");

    @TempDir
    private Path data;

    @Test
    void records_areAnsweredAndPaidForOnce_whenTheDatabaseIsBack(@TempDir Path brokerFolder) throws Exception {
        String authenticator = TestInstallation.createAccount(data, Limit.of(CREDITS));
        try (KafkaBroker broker = KafkaBroker.start(brokerFolder);
                DatabaseHolder holder = DatabaseHolder.of(data)) {
            for (String topic : List.of(REQUESTS, RESULTS, DEAD)) {
                broker.createTopic(topic, 1);
            }
            Map<String, String> environment = Map.of(
                    "PLAYGRANT_KAFKA_BROKERS",
                    broker.bootstrapServers(),
                    "PLAYGRANT_KAFKA_AUTHENTICATOR",
                    authenticator);
            try (KafkaClient client = new KafkaClient(broker.bootstrapServers())) {
                try (Server server = PackagedProgram.serve(data, environment)) {
                    send(client, 0, 20);
                    await().atMost(PATIENCE).until(() -> client.lag("playgrant", REQUESTS) == 0);
                    holder.hang();
                    send(client, 20, 40);
                    endWhileItHangs(server);
                }
                holder.resume();
                serveUntil(() -> client.lag("playgrant", REQUESTS) == 0, environment);
                assertThat(answered(client)).isEqualTo(ids(40));
            }
        }
        assertThat(creditsLeft()).isEqualTo(Limit.of(CREDITS - 40));
    }

    @Test
    void messages_areAnsweredAndPaidForOnce_whenTheDatabaseIsBack(@TempDir Path brokerFolder) throws Exception {
        String authenticator = TestInstallation.createAccount(data, Limit.of(CREDITS));
        try (TestBroker broker = TestBroker.started(brokerFolder);
                DatabaseHolder holder = DatabaseHolder.of(data);
                JMSContext client = broker.client()) {
            Map<String, String> environment =
                    Map.of("PLAYGRANT_JMS_URL", broker.url(), "PLAYGRANT_JMS_AUTHENTICATOR", authenticator);
            try (Server server = PackagedProgram.serve(data, environment)) {
                send(client, 0, 20);
                await().atMost(PATIENCE).until(() -> broker.count(REQUESTS) == 0);
                holder.hang();
                send(client, 20, 40);
                endWhileItHangs(server);
            }
            holder.resume();
            serveUntil(() -> broker.count(REQUESTS) == 0, environment);
            assertThat(broker.count(DEAD)).isZero();
            assertThat(answered(client, broker.count(RESULTS))).isEqualTo(ids(40));
        }
        assertThat(creditsLeft()).isEqualTo(Limit.of(CREDITS - 40));
    }

    private static void endWhileItHangs(Server server) throws Exception {
        await().atMost(PATIENCE).until(() -> Files.readString(server.log()).contains("The database is out of reach."));
        assertThat(server.terminate()).isZero();
    }

    private void serveUntil(Callable<Boolean> end, Map<String, String> environment) throws Exception {
        try (Server server = PackagedProgram.serve(data, environment)) {
            await().atMost(PATIENCE).until(end);
            assertThat(server.terminate()).isZero();
        }
    }

    private Limit creditsLeft() {
        try (Application application = TestInstallation.open(data)) {
            return application.accounts().find(1001).orElseThrow().credits();
        }
    }

    private static void send(KafkaClient client, int from, int to) {
        for (int i = from; i < to; i++) {
            client.send(REQUESTS, null, request(i));
        }
        client.flush();
    }

    private static void send(JMSContext client, int from, int to) {
        for (int i = from; i < to; i++) {
            TestBroker.send(client, REQUESTS, request(i), null);
        }
    }

    private static String request(int number) {
        return SampleMessage.of(KEY).json(id(number));
    }

    private static Set<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(HangingConsumerIT::id).collect(Collectors.toSet());
    }

    private static String id(int number) {
        return "request-" + number;
    }

    private static Set<String> answered(KafkaClient client) throws Exception {
        Set<String> ids = new TreeSet<>();
        for (ConsumerRecord<String, String> record : client.readAll(RESULTS)) {
            ids.add(answeredId(record.value()));
        }
        return ids;
    }

    private static Set<String> answered(JMSContext client, long answers) throws Exception {
        Set<String> ids = new TreeSet<>();
        for (long i = 0; i < answers; i++) {
            ids.add(answeredId(((TextMessage) TestBroker.receive(client, client.createQueue(RESULTS))).getText()));
        }
        return ids;
    }

    private static String answeredId(String answer) throws JsonProcessingException {
        JsonNode result = JSON.readTree(answer);
        assertThat(result.has("licenseUrl")).isTrue();
        return result.get("id").textValue();
    }
}
