package io.playgrant.route.kafka;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Profile;
import io.playgrant.broker.FreePort;
import io.playgrant.broker.KafkaBroker;
import io.playgrant.broker.KafkaClient;
import io.playgrant.route.RunningService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers and topics that are not there when the service starts. */
class KafkaAwayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String KEY = secret("000102030405060708090a0b0c0d0e0f");
    private static final String REQUESTS = "playgrant.token.requests";
    private static final String RESULTS = "playgrant.token.results";
    private static final String DEAD = "playgrant.token.dead";

    @TempDir
    Path folder;

    @Test
    void nameThatNobodyKnows_isNoReasonNotToServe() throws Exception {
        try (RunningService service = serve("broker.invalid:9092")) {
            awaitProblem(
                    service, "the Kafka brokers cannot be found yet: ConfigException, No resolvable bootstrap urls");
            assertServesHttp(service);
        }
    }

    @Test
    void brokerAndTopics_mayComeOneAfterTheOther() throws Exception {
        int port = FreePort.find();
        try (RunningService service = serve("127.0.0.1:" + port)) {
            awaitProblem(service, "the Kafka brokers are out of reach, or refuse an answer: TimeoutException");
            assertServesHttp(service);
            try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"), port);
                    KafkaClient client = new KafkaClient(broker.bootstrapServers())) {
                awaitProblem(
                        service,
                        "the Kafka brokers do not have the topic " + DEAD + ", " + REQUESTS + ", " + RESULTS
                                + "; since");
                broker.createTopic(REQUESTS, 1);
                client.send(REQUESTS, "k", "no message");
                client.send(REQUESTS, "k", request(service));
                awaitProblem(service, "the Kafka brokers do not have the topic " + DEAD + ", " + RESULTS + "; since");
                await().atMost(PATIENCE)
                        .until(() -> service.metric("playgrant_requests_total{code=\"400\",source=\"kafka\"}") > 1);
                broker.createTopic(RESULTS, 1);
                broker.createTopic(DEAD, 1);
                assertThat(client.read(RESULTS, 1))
                        .extracting(ConsumerRecord::value)
                        .first()
                        .asString()
                        .startsWith("{\"id\":\"one\",\"licenseUrl\":\"http");
                assertThat(client.read(DEAD, 1)).isNotEmpty();
                await().atMost(PATIENCE).until(() -> client.committed("playgrant", REQUESTS, 0) == 2);
                await().atMost(PATIENCE)
                        .until(() -> health(service).contains("{\"name\":\"kafka\",\"status\":\"UP\"}"));
            }
        }
    }

    private RunningService serve(String brokers) throws Exception {
        return RunningService.start(folder.resolve("data"), Map.of("PLAYGRANT_KAFKA_BROKERS", brokers));
    }

    private static String request(RunningService service) {
        return "{\"id\":\"one\",\"parameters\":{\"customerAuthenticator\":\""
                + service.newCustomer(Profile.LENIENT).production() + "\",\"kid\":\"^film\",\"contentKey\":\"" + KEY
                + "\"}}";
    }

    private static void assertServesHttp(RunningService service) throws Exception {
        assertThat(service.http()
                        .get("/hms/wv/token?customerAuthenticator="
                                + service.newCustomer(Profile.LENIENT).production() + "&kid=%5Efilm&contentKey=" + KEY)
                        .status())
                .isEqualTo(200);
        assertThat(service.management().get("/observe/health/ready").status()).isEqualTo(200);
    }

    private static void awaitProblem(RunningService service, String reason) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(health(service))
                        .contains("{\"name\":\"kafka\",\"status\":\"DOWN\"")
                        .contains(reason));
    }

    private static String health(RunningService service) throws Exception {
        return service.management().get("/observe/health").body();
    }
}
