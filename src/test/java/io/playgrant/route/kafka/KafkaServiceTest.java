package io.playgrant.route.kafka;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.account.AccountChange;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.batch.SampleMessage;
import io.playgrant.broker.KafkaBroker;
import io.playgrant.broker.KafkaClient;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.HeldSamples;
import io.playgrant.keystore.KeyLookup;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The service on a real broker. */
class KafkaServiceTest {

    private static final String KEY = secret("000102030405060708090a0b0c0d0e0f");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path brokerFolder;

    @TempDir
    Path folder;

    private static @Nullable KafkaBroker sharedBroker;

    private String prefix = "";
    private KafkaClient client = new KafkaClient("127.0.0.1:1");

    static synchronized KafkaBroker broker() {
        KafkaBroker running = sharedBroker;
        if (running == null) {
            running = KafkaBroker.start(brokerFolder);
            sharedBroker = running;
        }
        return running;
    }

    @AfterAll
    static void stopBroker() {
        KafkaBroker running = sharedBroker;
        if (running != null) {
            running.close();
            sharedBroker = null;
        }
    }

    @BeforeEach
    void connect(TestInfo test) {
        prefix = test.getTestMethod().orElseThrow().getName().replaceAll("[^A-Za-z]", "") + ".";
        client.close();
        client = new KafkaClient(broker().bootstrapServers());
        broker().createTopic(prefix + "requests", 2);
        broker().createTopic(prefix + "dead", 1);
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private Map<String, String> settings() {
        return Map.of(
                "PLAYGRANT_KAFKA_BROKERS", broker().bootstrapServers(),
                "PLAYGRANT_KAFKA_REQUESTS", prefix + "requests",
                "PLAYGRANT_KAFKA_RESULTS", prefix + "results",
                "PLAYGRANT_KAFKA_DEAD", prefix + "dead",
                "PLAYGRANT_KAFKA_GROUP", prefix + "group");
    }

    private RunningService start() throws Exception {
        return RunningService.start(folder, settings());
    }

    private static String request(String id, Customer customer) {
        return message(customer).json(id);
    }

    private static String parameters(Customer customer) {
        return message(customer).parameters();
    }

    private static SampleMessage message(Customer customer) {
        return SampleMessage.of(KEY).withAuthenticator(customer.production());
    }

    private List<JsonNode> results(int count) throws IOException {
        return parse(client.read(prefix + "results", count));
    }

    private static List<JsonNode> parse(List<ConsumerRecord<String, String>> records) throws IOException {
        return JSON.readerFor(JsonNode.class)
                .<JsonNode>readValues(
                        records.stream().map(ConsumerRecord::value).collect(Collectors.joining("\n")))
                .readAll();
    }

    private long committed() {
        return IntStream.range(0, 2)
                .mapToLong(partition -> client.committed(prefix + "group", prefix + "requests", partition))
                .sum();
    }

    @Test
    void request_isAnsweredWithItsIdAndKey() throws Exception {
        broker().createTopic(prefix + "results", 2);
        try (RunningService service = start()) {
            client.send(prefix + "requests", "film-7", request("one", service.newCustomer(Profile.STRICT)));
            List<ConsumerRecord<String, String>> records = client.read(prefix + "results", 1);
            assertThat(records).extracting(ConsumerRecord::key).containsExactly("film-7");
            JsonNode result = parse(records).get(0);
            assertThat(result.path("id").asText()).isEqualTo("one");
            assertThat(secret(result.path("licenseUrl").asText()))
                    .matches("http://127\\.0\\.0\\.1:0/hms/wv/rights/\\?ExpressPlayToken=[A-Za-z0-9_-]{200,300}");
            assertThat(result.size()).isEqualTo(2);
            await().until(() -> committed() == 1);
            assertThat(service.metric("playgrant_requests_total{code=\"0\",source=\"kafka\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void batch_isAnsweredInItsOrder_andOneBadRequestSpoilsNoOther() throws Exception {
        broker().createTopic(prefix + "results", 2);
        try (RunningService service = start()) {
            Customer customer = service.newCustomer(Profile.STRICT);
            client.send(
                    prefix + "requests",
                    null,
                    "{\"id\":\"b\",\"defaults\":" + parameters(customer)
                            + ",\"requests\":[{\"id\":\"1\",\"parameters\":{}},"
                            + "{\"id\":\"2\",\"parameters\":{\"kid\":\"12\"}},"
                            + "{\"id\":\"1\",\"parameters\":{}},"
                            + "{\"id\":\"4\",\"parameters\":{\"cookie\":1.5}},"
                            + "{\"id\":\"5\",\"parameters\":{\"kid\":\"^other\"}}]}");
            JsonNode batch = results(1).get(0);
            assertThat(batch.path("id").asText()).isEqualTo("b");
            JsonNode found = batch.path("results");
            assertThat(found.findValuesAsText("id")).containsExactly("1", "2", "1", "4", "5");
            assertThat(found.findValuesAsText("code")).containsExactly("-4020", "400", "400");
            assertThat(found.get(2).path("error").path("message").asText())
                    .isEqualTo("[400] Bad Request: an earlier request of this batch has the same id");
            assertThat(found.get(0).path("licenseUrl").asText()).startsWith("http");
            assertThat(found.get(4).path("licenseUrl").asText()).startsWith("http");
        }
    }

    @Test
    void heldKeys_needOnlyTheirKidOrContentId() throws Exception {
        broker().createTopic(prefix + "results", 1);
        try (RunningService service = start()) {
            Customer customer = service.newCustomer(Profile.LENIENT);
            HeldSamples.hold(
                    service.application(),
                    new Owner(customer.account(), Environment.PRODUCTION),
                    KeyId.ofName("held"),
                    KEY,
                    "film",
                    0);
            client.send(
                    prefix + "requests",
                    null,
                    "{\"id\":\"b\",\"defaults\":{\"customerAuthenticator\":\"" + customer.production()
                            + "\"},\"requests\":[{\"id\":\"1\",\"parameters\":{\"kid\":\"^held\"}},"
                            + "{\"id\":\"2\",\"parameters\":{\"contentId\":\"film\"}},"
                            + "{\"id\":\"3\",\"parameters\":{\"contentId\":\"no film\"}}]}");
            JsonNode found = results(1).get(0).path("results");
            assertThat(found.get(0).path("licenseUrl").asText()).startsWith("http");
            assertThat(found.get(1).path("licenseUrl").asText()).startsWith("http");
            assertThat(found.get(2).path("error").path("code").asInt()).isEqualTo(-4019);
        }
    }

    @Test
    void authenticator_mayComeFromTheSettings_andIsMissedOtherwise() throws Exception {
        broker().createTopic(prefix + "results", 1);
        String request = "{\"id\":\"one\",\"parameters\":{\"kid\":\"^film\",\"contentKey\":\"" + KEY + "\"}}";
        Customer customer;
        try (RunningService service = start()) {
            customer = service.newCustomer(Profile.LENIENT);
            client.send(prefix + "requests", null, request);
            assertThat(results(1).get(0).path("error").path("code").asInt()).isEqualTo(-2017);
            await().until(() -> committed() == 1);
        }
        Map<String, String> settings = new HashMap<>(settings());
        settings.put("PLAYGRANT_KAFKA_AUTHENTICATOR", customer.production());
        try (RunningService service = RunningService.start(folder, settings)) {
            client.send(prefix + "requests", null, request);
            assertThat(results(2).get(1).path("licenseUrl").asText()).startsWith("http");
            assertThat(service.hasEnded()).isFalse();
        }
    }

    @Test
    void whatIsNoMessage_isTold_withoutTheMessage_andTheConsumerGoesOn() throws Exception {
        broker().createTopic(prefix + "results", 1);
        broker().createTopic(prefix + "large.requests", 1, 4 * 1024 * 1024);
        Map<String, String> settings = new HashMap<>(settings());
        settings.put("PLAYGRANT_KAFKA_REQUESTS", prefix + "large.requests");
        try (RunningService service = RunningService.start(folder, settings)) {
            String topic = prefix + "large.requests";
            client.send(topic, null, "hello " + KEY);
            client.send(topic, "k", "{\"id\":\"typo\",\"paramters\":{\"contentKey\":\"" + KEY + "\"}}");
            client.send(topic, null, "{\"id\":7,\"parameters\":{}}");
            client.send(new ProducerRecord<>(topic, null, null));
            client.send(topic, "k".repeat(1_025), "{}");
            client.send(topic, null, "{\"id\":\"large\",\"parameters\":{\"x\":\"" + "y".repeat(1024 * 1024) + "\"}}");
            client.send(topic, null, request("good", service.newCustomer(Profile.STRICT)));
            assertThat(results(1).get(0).path("id").asText()).isEqualTo("good");
            List<ConsumerRecord<String, String>> dead = client.read(prefix + "dead", 6);
            assertThat(dead).extracting(ConsumerRecord::key).containsOnlyNulls();
            assertThat(dead)
                    .extracting(ConsumerRecord::value)
                    .containsExactly(
                            letter("", "the message is not JSON", 0),
                            letter(
                                    "\"id\":\"typo\",",
                                    "there is a member that is not known here; known are id and parameters, or id, defaults and requests",
                                    1),
                            letter(
                                    "",
                                    "id must be a string of 1 to 128 characters without control characters and unpaired surrogates",
                                    2),
                            letter("", "a message is a JSON object", 3),
                            letter("", "a key has at most 1024 bytes", 4),
                            letter("", "a message has at most 1048576 bytes", 5));
            await().until(() -> client.committed(prefix + "group", topic, 0) == 7);
            assertThat(service.metric("playgrant_requests_total{code=\"400\",source=\"kafka\"}"))
                    .isEqualTo(6);
        }
    }

    private String letter(String id, String reason, int offset) {
        return "{" + id + "\"reason\":\"" + reason + "\",\"topic\":\"" + prefix
                + "large.requests\",\"partition\":0,\"offset\":" + offset + "}";
    }

    @Test
    void recordHeaders_haveNoEffect() throws Exception {
        broker().createTopic(prefix + "results", 1);
        broker().createTopic(prefix + "elsewhere", 1);
        try (RunningService service = start()) {
            List<Header> headers = List.of(
                    header("kafka.OVERRIDE_TOPIC", prefix + "elsewhere"),
                    header("kafka.LAST_RECORD_BEFORE_COMMIT", "x"),
                    header("CamelKafkaManualCommit", "x"),
                    header("x", "y"));
            client.send(new ProducerRecord<>(
                    prefix + "requests",
                    0,
                    "k",
                    request("one", service.newCustomer(Profile.STRICT)).getBytes(StandardCharsets.UTF_8),
                    headers));
            assertThat(client.read(prefix + "results", 1).get(0).headers()).isEmpty();
            await().until(() -> committed() == 1);
        }
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void resultsOfAPartition_keepItsOrder() throws Exception {
        broker().createTopic(prefix + "results", 2);
        try (RunningService service = start()) {
            Customer customer = service.newCustomer(Profile.STRICT);
            for (int i = 0; i < 1_000; i++) {
                client.send(new ProducerRecord<>(
                        prefix + "requests",
                        i % 2,
                        null,
                        request(Integer.toString(i), customer).getBytes(StandardCharsets.UTF_8)));
            }
            List<ConsumerRecord<String, String>> records = client.read(prefix + "results", 1_000);
            for (int partition = 0; partition < 2; partition++) {
                int number = partition;
                List<ConsumerRecord<String, String>> ofIt = records.stream()
                        .filter(one -> one.partition() == number)
                        .toList();
                assertThat(parse(ofIt).stream()
                                .map(one -> one.path("id").asInt())
                                .toList())
                        .isEqualTo(IntStream.range(0, 500)
                                .map(i -> 2 * i + number)
                                .boxed()
                                .toList());
            }
        }
    }

    @Test
    void creditsAreChargedOnce_andEarlierOffsetsGetTheLast() throws Exception {
        broker().createTopic(prefix + "results", 1);
        try (RunningService service = start()) {
            Customer customer = service.newCustomer(Profile.STRICT);
            service.application().accounts().change(customer.account(), AccountChange.credits(Limit.of(5)));
            client.send(
                    prefix + "requests",
                    null,
                    "{\"id\":\"b\",\"defaults\":" + parameters(customer) + ",\"requests\":["
                            + IntStream.range(0, 8)
                                    .mapToObj(i -> "{\"id\":\"" + i + "\",\"parameters\":{}}")
                                    .collect(Collectors.joining(","))
                            + "]}");
            JsonNode found = results(1).get(0).path("results");
            assertThat(found.findValuesAsText("licenseUrl")).hasSize(5);
            assertThat(found.get(5).path("error").path("message").asText())
                    .isEqualTo("[-2019] Insufficient tokens available: the account has no credits left");
            assertThat(service.application().credits().fewest(10)).containsEntry(customer.account(), 0L);
            assertThat(service.metric("playgrant_requests_total{code=\"-2019\",source=\"kafka\"}"))
                    .isEqualTo(3);
            assertThat(service.metric("playgrant_requests_total{code=\"0\",source=\"kafka\"}"))
                    .isEqualTo(5);
        }
    }

    @Test
    void requestsOfATransaction_areAnsweredAndCharged_onlyIfItIsCommitted() throws Exception {
        broker().createTopic(prefix + "results", 1);
        try (RunningService service = start()) {
            Customer customer = service.newCustomer(Profile.STRICT);
            service.application().accounts().change(customer.account(), AccountChange.credits(Limit.of(5)));
            String topic = prefix + "requests";
            client.sendInTransaction(topic, 0, false, List.of(request("aborted", customer), "no message"));
            client.sendInTransaction(topic, 0, true, List.of(request("one", customer), request("two", customer)));
            assertThat(results(2).stream().map(one -> one.path("id").asText()).toList())
                    .containsExactly("one", "two");
            await().until(() -> client.lag(prefix + "group", topic) == 0);
            assertThat(client.committed(prefix + "group", topic, 0))
                    .as("four requests and the marker of each transaction")
                    .isEqualTo(6);
            assertThat(service.application().credits().fewest(10)).containsEntry(customer.account(), 3L);
            assertThat(client.readAll(prefix + "results")).hasSize(2);
            assertThat(client.readAll(prefix + "dead")).isEmpty();
        }
    }

    @Test
    void resultsOverTheTopicsMessageSize_areSplit() throws Exception {
        broker().createTopic(prefix + "results", 1, 20_000);
        try (RunningService service = start()) {
            Customer customer = service.newCustomer(Profile.STRICT);
            service.application().accounts().change(customer.account(), AccountChange.credits(Limit.of(1_000)));
            client.send(
                    prefix + "requests",
                    null,
                    "{\"id\":\"b\",\"defaults\":" + parameters(customer) + ",\"requests\":["
                            + IntStream.range(0, 200)
                                    .mapToObj(i -> "{\"id\":\"" + i + "\",\"parameters\":{}}")
                                    .collect(Collectors.joining(","))
                            + "]}");
            List<JsonNode> first = results(1);
            int parts = first.get(0).path("parts").asInt();
            assertThat(parts).isGreaterThan(1);
            List<JsonNode> all = results(parts);
            assertThat(all.stream().map(part -> part.path("part").asInt()).toList())
                    .isEqualTo(IntStream.rangeClosed(1, parts).boxed().toList());
            assertThat(all.stream()
                            .flatMap(part -> part.path("results").findValuesAsText("id").stream())
                            .toList())
                    .isEqualTo(
                            IntStream.range(0, 200).mapToObj(Integer::toString).toList());
            assertThat(service.application().credits().fewest(10)).containsEntry(customer.account(), 800L);
        }
    }

    @Test
    void unknownResultTopic_losesNothing() throws Exception {
        try (RunningService service = start()) {
            client.send(prefix + "requests", null, request("one", service.newCustomer(Profile.STRICT)));
            await().until(() -> service.metric("playgrant_requests_total{code=\"0\",source=\"kafka\"}") >= 1);
            broker().createTopic(prefix + "results", 1);
            assertThat(results(1).get(0).path("id").asText()).isEqualTo("one");
            await().until(() -> committed() == 1);
        }
    }

    @Test
    void whatFailsForTheMoment_isTriedAgain_andChargedOnce() throws Exception {
        broker().createTopic(prefix + "results", 1);
        AtomicInteger failures = new AtomicInteger(2);
        KeyLookup away = (account, environment, kid) -> {
            if (failures.getAndDecrement() > 0) {
                throw new StorageException("The storage is away");
            }
            return Optional.empty();
        };
        try (RunningService service = RunningService.start(folder, settings(), away)) {
            Customer customer = service.newCustomer(Profile.STRICT);
            service.application().accounts().change(customer.account(), AccountChange.credits(Limit.of(10)));
            client.send(new ProducerRecord<>(
                    prefix + "requests", 0, null, request("one", customer).getBytes(StandardCharsets.UTF_8)));
            client.send(new ProducerRecord<>(
                    prefix + "requests",
                    0,
                    null,
                    request("two", customer)
                            .replace("\"contentKey\"", "\"kek\"")
                            .getBytes(StandardCharsets.UTF_8)));
            List<JsonNode> found = results(2);
            assertThat(found.get(0).path("id").asText()).isEqualTo("one");
            assertThat(found.get(found.size() - 1).path("error").path("code").asInt())
                    .isEqualTo(-4019);
            await().until(() -> committed() == 2);
            assertThat(service.application().credits().fewest(10)).containsEntry(customer.account(), 9L);
        }
    }

    @Test
    void recordsThatAreReadAgain_areAnsweredAgain_andChargedOnce() throws Exception {
        broker().createTopic(prefix + "results", 1);
        Customer customer;
        try (RunningService service = start()) {
            customer = service.newCustomer(Profile.STRICT);
            service.application().accounts().change(customer.account(), AccountChange.credits(Limit.of(3)));
            for (int i = 0; i < 5; i++) {
                client.send(new ProducerRecord<>(
                        prefix + "requests",
                        0,
                        null,
                        request(Integer.toString(i), customer).getBytes(StandardCharsets.UTF_8)));
            }
            results(5);
            await().until(() -> committed() == 5);
        }
        client.commit(prefix + "group", prefix + "requests", 0, 1);
        try (RunningService service = start()) {
            service.application().accounts().change(customer.account(), AccountChange.credits(Limit.of(1)));
            client.send(new ProducerRecord<>(
                    prefix + "requests", 0, null, request("5", customer).getBytes(StandardCharsets.UTF_8)));
            List<JsonNode> found = results(10).subList(5, 10);
            assertThat(found.stream().map(one -> one.path("id").asText()).toList())
                    .containsExactly("1", "2", "3", "4", "5");
            assertThat(found.stream().map(one -> one.has("licenseUrl")).toList())
                    .as("as they were decided the first time, and the new one by the new credit")
                    .containsExactly(true, true, false, false, true);
            assertThat(service.application().credits().fewest(10)).containsEntry(customer.account(), 0L);
        }
    }
}
