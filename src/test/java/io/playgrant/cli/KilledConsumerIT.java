package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.account.Account;
import io.playgrant.account.Limit;
import io.playgrant.app.Application;
import io.playgrant.batch.SampleMessage;
import io.playgrant.broker.KafkaBroker;
import io.playgrant.broker.KafkaClient;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.config.TestInstallation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consumers of a Kafka topic that are killed at any moment, and a broker that goes away and comes back, under load. */
class KilledConsumerIT {

    /** More are asked for by {@code -Dplaygrant.kills=50}. */
    private static final int KILLS = Integer.getInteger("playgrant.kills", 4);

    private static final int LONGEST_LOAD_MILLIS = 1_000;
    private static final int PARTITIONS = 3;
    private static final long CREDITS = 1_000_000;
    private static final int BATCH = 40;
    private static final String REQUESTS = "playgrant.token.requests";
    private static final String RESULTS = "playgrant.token.results";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = secret("d0d1d2d3d4d5d6d7d8d9dadbdcdddedf");

    private final Set<String> asked = new HashSet<>();
    private final AtomicBoolean isLoading = new AtomicBoolean(true);

    @Test
    void kills_loseNoRequest_andChargeEachOnce(@TempDir Path data, @TempDir Path brokerFolder) throws Exception {
        String authenticator = TestInstallation.createAccount(data, Limit.of(CREDITS));
        try (KafkaBroker broker = KafkaBroker.start(brokerFolder)) {
            for (String topic : List.of(REQUESTS, RESULTS, "playgrant.token.dead")) {
                broker.createTopic(topic, PARTITIONS);
            }
            Map<String, String> settings = Map.of(
                    "PLAYGRANT_KAFKA_BROKERS",
                    broker.bootstrapServers(),
                    "PLAYGRANT_KAFKA_AUTHENTICATOR",
                    authenticator);
            try (KafkaClient client = new KafkaClient(broker.bootstrapServers())) {
                CompletableFuture<Void> load = CompletableFuture.runAsync(() -> ask(client));
                killAndRestart(data, settings, broker, client);
                isLoading.set(false);
                load.get();
                finish(data, settings, client);
                check(client);
            }
        }
        try (Application application = TestInstallation.open(data)) {
            assertThat(application.accounts().list())
                    .extracting(Account::credits)
                    .containsExactly(Limit.of(CREDITS - asked.size()));
        }
    }

    private static void killAndRestart(Path data, Map<String, String> settings, KafkaBroker broker, KafkaClient client)
            throws Exception {
        Random random = new Random(KILLS);
        for (int kill = 0; kill < KILLS; kill++) {
            try (Server server = PackagedProgram.serve(data, settings)) {
                awaitProgress(client);
                if (kill == KILLS / 2) {
                    broker.stop();
                    broker.start();
                    awaitProgress(client);
                }
                Thread.sleep(random.nextInt(LONGEST_LOAD_MILLIS));
                server.kill();
            }
        }
    }

    private static void awaitProgress(KafkaClient client) {
        long before = committed(client);
        await().atMost(Duration.ofMinutes(1)).until(() -> committed(client) > before);
    }

    private static long committed(KafkaClient client) {
        return IntStream.range(0, PARTITIONS)
                .mapToLong(partition -> client.committed("playgrant", REQUESTS, partition))
                .sum();
    }

    /** The last server is given time, and told to end. */
    private static void finish(Path data, Map<String, String> settings, KafkaClient client) throws Exception {
        client.flush();
        try (Server server = PackagedProgram.serve(data, settings)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> client.lag("playgrant", REQUESTS) == 0);
            assertThat(server.terminate()).isZero();
        }
    }

    private void check(KafkaClient client) throws IOException {
        List<String> answered = new ArrayList<>();
        for (ConsumerRecord<String, String> record : client.readAll(RESULTS)) {
            JsonNode result = JSON.readTree(record.value());
            if (result.has("results")) {
                result.get("results").forEach(one -> answered.add(idOfToken(one)));
            } else {
                answered.add(idOfToken(result));
            }
        }
        assertThat(new HashSet<>(answered)).isEqualTo(asked);
        assertThat(client.readAll("playgrant.token.dead")).isEmpty();
        System.out.println(KILLS + " kills: " + asked.size() + " requests, " + answered.size() + " answers");
    }

    private static String idOfToken(JsonNode result) {
        assertThat(result.has("licenseUrl")).isTrue();
        return result.get("id").textValue();
    }

    /** One request, and now and then a batch, until it is told to end. */
    private void ask(KafkaClient client) {
        int number = 0;
        while (isLoading.get()) {
            number++;
            if (number % BATCH == 0) {
                client.send(REQUESTS, null, batch("b" + number));
            } else {
                client.send(REQUESTS, Integer.toString(number % 10), request(Integer.toString(number)));
            }
            pause();
        }
    }

    private String batch(String id) {
        return "{\"id\":\"" + id + "\",\"requests\":["
                + IntStream.range(0, BATCH).mapToObj(i -> request(id + "-" + i)).collect(Collectors.joining(","))
                + "]}";
    }

    private String request(String id) {
        asked.add(id);
        return SampleMessage.of(KEY).json(id);
    }

    private static void pause() {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
