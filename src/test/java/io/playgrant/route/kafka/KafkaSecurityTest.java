package io.playgrant.route.kafka;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Profile;
import io.playgrant.broker.KafkaBroker;
import io.playgrant.broker.KafkaClient;
import io.playgrant.route.RunningService;
import io.playgrant.tls.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service and a real broker that speaks TLS. */
class KafkaSecurityTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PASSWORD = secret("a \"quoted\" pass\\word of Kafka");
    private static final TestCertificate BROKER = TestCertificate.create("RSA");
    private static final TestCertificate NODE = TestCertificate.create();

    @TempDir
    Path folder;

    @Test
    void userWithAPassword_isServedOverTls() throws Exception {
        try (KafkaBroker broker = KafkaBroker.startSecured(folder.resolve("broker"), "SASL_SSL", passwords())) {
            Map<String, String> settings = settings(broker, "SASL_SSL");
            settings.put("PLAYGRANT_KAFKA_USER", "playgrant");
            settings.put("PLAYGRANT_KAFKA_PASSWORD", PASSWORD);
            assertServed(broker, settings);
        }
    }

    @Test
    void wrongPassword_isAProblem_thatHealthTells() throws Exception {
        try (KafkaBroker broker = KafkaBroker.startSecured(folder.resolve("broker"), "SASL_SSL", passwords())) {
            Map<String, String> settings = settings(broker, "SASL_SSL");
            settings.put("PLAYGRANT_KAFKA_USER", "playgrant");
            settings.put("PLAYGRANT_KAFKA_PASSWORD", secret("another password of Kafka"));
            try (RunningService service = RunningService.start(folder.resolve("data"), settings)) {
                awaitProblem(
                        service, "SaslAuthenticationException, Authentication failed: Invalid username or password");
                assertThat(service.management().get("/observe/health/ready").status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void certificate_isEnough_whereBrokersAskForOne() throws Exception {
        try (KafkaBroker broker = KafkaBroker.startSecured(folder.resolve("broker"), "SSL", certificates())) {
            Path certificate = folder.resolve("node.pem");
            Path key = folder.resolve("node-key.pem");
            NODE.write(certificate, key);
            Files.writeString(key, NODE.olderKeyPem());
            Map<String, String> settings = settings(broker, "SSL");
            settings.put("PLAYGRANT_KAFKA_CERTIFICATE", certificate.toString());
            settings.put("PLAYGRANT_KAFKA_KEY", key.toString());
            assertServed(broker, settings);
        }
    }

    @Test
    void brokerThatNobodyVouchesFor_isNotBelieved() throws Exception {
        try (KafkaBroker broker = KafkaBroker.startSecured(folder.resolve("broker"), "SSL", tls())) {
            Map<String, String> settings = settings(broker, "SSL");
            Files.writeString(folder.resolve("ca.pem"), NODE.pem());
            try (RunningService service = RunningService.start(folder.resolve("data"), settings)) {
                awaitProblem(service, "SslAuthenticationException, SSL handshake failed");
            }
        }
    }

    private static Map<String, String> tls() {
        return new HashMap<>(Map.of(
                "ssl.keystore.type",
                "PEM",
                "ssl.keystore.certificate.chain",
                BROKER.pem(),
                "ssl.keystore.key",
                BROKER.keyPem()));
    }

    private static Map<String, String> passwords() {
        Map<String, String> settings = tls();
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put(
                "listener.name.sasl_ssl.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_playgrant=\""
                        + PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"") + "\";");
        return settings;
    }

    private static Map<String, String> certificates() {
        Map<String, String> settings = tls();
        settings.put("ssl.client.auth", "required");
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.certificates", NODE.pem());
        return settings;
    }

    private Map<String, String> settings(KafkaBroker broker, String protocol) throws IOException {
        Path authorities = Files.writeString(folder.resolve("ca.pem"), "# the broker's own\n" + BROKER.pem());
        return new HashMap<>(Map.of(
                "PLAYGRANT_KAFKA_BROKERS",
                broker.securedServers(),
                "PLAYGRANT_KAFKA_SECURITY",
                protocol,
                "PLAYGRANT_KAFKA_AUTHORITIES",
                authorities.toString()));
    }

    private void assertServed(KafkaBroker broker, Map<String, String> settings) throws Exception {
        broker.createTopic("playgrant.token.requests", 1);
        broker.createTopic("playgrant.token.results", 1);
        broker.createTopic("playgrant.token.dead", 1);
        try (RunningService service = RunningService.start(folder.resolve("data"), settings);
                KafkaClient client = new KafkaClient(broker.bootstrapServers())) {
            client.send("playgrant.token.requests", "k", "no message");
            client.send(
                    "playgrant.token.requests",
                    "k",
                    "{\"id\":\"one\",\"parameters\":{\"customerAuthenticator\":\""
                            + service.newCustomer(Profile.LENIENT).production()
                            + "\",\"kid\":\"^film\",\"contentKey\":\""
                            + secret("000102030405060708090a0b0c0d0e0f") + "\"}}");
            assertThat(client.read("playgrant.token.results", 1))
                    .extracting(ConsumerRecord::value)
                    .singleElement()
                    .asString()
                    .startsWith("{\"id\":\"one\",\"licenseUrl\":\"http");
            assertThat(client.read("playgrant.token.dead", 1)).hasSize(1);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    service.management().get("/observe/health").body())
                            .contains("{\"name\":\"kafka\",\"status\":\"UP\"}"));
        }
    }

    private static void awaitProblem(RunningService service, String reason) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                service.management().get("/observe/health").body())
                        .contains("{\"name\":\"kafka\",\"status\":\"DOWN\"")
                        .contains(reason));
    }
}
