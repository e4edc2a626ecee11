package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.batch.SampleMessage;
import io.playgrant.broker.KafkaBroker;
import io.playgrant.broker.KafkaClient;
import io.playgrant.cli.PackagedProgram.Finished;
import io.playgrant.cli.PackagedProgram.Server;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program where the folder for temporary files cannot be written to, not even by root. */
class TemporaryFilesIT {

    private static final String REQUESTS = "playgrant.token.requests";
    private static final String RESULTS = "playgrant.token.results";
    private static final String DEAD = "playgrant.token.dead";
    private static final String KEY = secret("b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6");

    @TempDir
    Path folder;

    private Path data;
    private String options;
    private String authenticator;

    @BeforeEach
    void createAccount() throws Exception {
        data = folder.resolve("data");
        Path file = Files.createFile(folder.resolve("file"));
        options = "-Djava.io.tmpdir=" + file.resolve("below");
        Finished created = run("account", "create", "--name", "N", "--json");
        TestHome.markAll(created.out());
        authenticator = new ObjectMapper()
                .readTree(created.out())
                .at("/production/customerAuthenticator")
                .textValue();
    }

    @Test
    void commands_work() throws Exception {
        Path requests = Files.writeString(
                folder.resolve("requests.csv"),
                "id,kid,contentKey,securityLevel,hdcpOutputControl\n1,^film," + KEY + ",1,0\n");
        Path secrets = Files.writeString(folder.resolve("authenticator"), authenticator);
        Finished batch = run("batch", requests.toString(), "--authenticator-file", secrets.toString());
        assertThat(batch.out()).startsWith("id,licenseUrl,code,message\n1,\"http");
        assertThat(batch.err()).endsWith("\nplaygrant: ok 1\n");
        String backup = folder.resolve("backup").toString();
        assertThat(run("backup", backup).status()).isZero();
        data = folder.resolve("restored");
        assertThat(run("restore", backup).status()).isZero();
    }

    @Test
    void server_answersKafkaMessagesOfEveryCompression() throws Exception {
        List<String> compressions = List.of("none", "gzip", "lz4", "snappy", "zstd");
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"));
                KafkaClient client = new KafkaClient(broker.bootstrapServers())) {
            for (String topic : List.of(REQUESTS, RESULTS, DEAD)) {
                broker.createTopic(topic, 1);
            }
            for (String compression : compressions) {
                send(broker, compression);
            }
            Map<String, String> environment = Map.of(
                    "PLAYGRANT_KAFKA_BROKERS",
                    broker.bootstrapServers(),
                    "PLAYGRANT_KAFKA_AUTHENTICATOR",
                    authenticator,
                    "JAVA_TOOL_OPTIONS",
                    options);
            try (Server server = PackagedProgram.serve(data, environment)) {
                await().atMost(Duration.ofMinutes(1)).until(() -> client.lag("playgrant", REQUESTS) == 0);
                assertThat(client.readAll(RESULTS))
                        .extracting(result -> new ObjectMapper()
                                .readTree(result.value())
                                .get("id")
                                .textValue())
                        .containsExactlyElementsOf(compressions);
                assertThat(Files.readString(server.log())).doesNotContain("\tat ");
            }
        }
    }

    private static void send(KafkaBroker broker, String compression) throws Exception {
        String message = SampleMessage.of(KEY).json(compression);
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "compression.type", compression);
        try (Producer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(REQUESTS, message.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private Finished run(String... arguments) throws Exception {
        return PackagedProgram.run(data, Map.of("JAVA_TOOL_OPTIONS", options), arguments);
    }
}
