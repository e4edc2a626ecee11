package io.playgrant.route.kafka;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.AccountChange;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.record.TokenRecord;
import io.playgrant.route.CamelsFailureLog;
import io.playgrant.route.FlowTestSupport;
import io.playgrant.route.RecordedAnswers;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.exchange.SourceMeters;
import io.playgrant.route.kafka.ResultTopic.Limits;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code routes/token-kafka.camel.yaml}, with mocks in place of the topics. */
class KafkaRouteTest extends FlowTestSupport {

    private static final String KEY = secret("000102030405060708090a0b0c0d0e0f");
    private static final String TOPIC = "playgrant.token.requests";

    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 4);

    /** How often each record was committed, by its offset. */
    private final Map<Long, Integer> commits = new HashMap<>();

    private final MockConsumer<byte[], byte[]> reader = new CountingConsumer();

    KafkaRouteTest() {
        override("playgrant.kafka.enabled", "true");
        override("playgrant.kafka.brokers", "127.0.0.1:1");
        testConfiguration().withUseAdviceWith(true);
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        super.configure(configuration);
        ResultTopic results = new ResultTopic(100_000, () -> new Limits(3, 200_000));
        configuration.addConfiguration(new KafkaSteps(application(), Optional.empty(), results, SourceMeters.none()));
    }

    @BeforeEach
    void replaceTopics() throws Exception {
        AdviceWith.adviceWith(context, "token-kafka", route -> {
            route.replaceFromWith("direct:token-kafka");
            route.weaveById("send-results").replace().to("mock:results").id("send-results");
            route.weaveById("send-dead-letters").replace().to("mock:dead").id("send-dead-letters");
        });
        context.start();
        context.getRouteController().startRoute("token-kafka");
    }

    @Test
    void recordsOfAPartition_areAnsweredTogether_atTheLastOne() {
        MockEndpoint results = getMockEndpoint("mock:results");
        assertThat(send(5, request("one"), false)).isNull();
        assertThat(send(6, "no message", false)).isNull();
        assertThat(results.getExchanges()).isEmpty();
        assertThat(commits).isEmpty();

        assertThat(send(7, request("two"), true)).isNull();
        List<Message> sent = messages(results);
        assertThat(sent).hasSize(2);
        assertThat(text(sent.get(0))).startsWith("{\"id\":\"one\",\"licenseUrl\":\"http");
        assertThat(text(sent.get(1))).startsWith("{\"id\":\"two\",\"licenseUrl\":\"http");
        assertThat(sent.get(0).getHeaders())
                .containsOnlyKeys(KafkaConstants.KEY, KafkaConstants.PARTITION_KEY)
                .containsEntry(KafkaConstants.PARTITION_KEY, 1);
        assertThat(messages(getMockEndpoint("mock:dead")))
                .extracting(KafkaRouteTest::text)
                .containsExactly("{\"reason\":\"the message is not JSON\",\"topic\":\"" + TOPIC
                        + "\",\"partition\":4,\"offset\":6}");
        assertThat(commits).containsExactly(Map.entry(7L, 1));
    }

    @Test
    void whatCannotBeSent_isNotCommitted_andIsAnsweredAgain() {
        MockEndpoint results = getMockEndpoint("mock:results");
        results.whenExchangeReceived(1, exchange -> {
            throw new IllegalStateException("away");
        });
        assertThat(send(5, request("one"), false)).isNull();
        try (CamelsFailureLog log = new CamelsFailureLog()) {
            assertThat(send(6, request("two"), true)).isInstanceOf(IllegalStateException.class);
            assertThat(log.lines()).isEmpty();
        }
        assertThat(commits).isEmpty();

        results.reset();
        assertThat(send(5, request("one"), false)).isNull();
        assertThat(send(6, request("two"), true)).isNull();
        assertThat(messages(results)).hasSize(2);
        assertThat(commits).containsExactly(Map.entry(6L, 1));
    }

    @Test
    void answers_leaveRecords_asTheyWereSettled() {
        Customer customer = newCustomer(Profile.LENIENT);
        application().accounts().change(customer.account(), AccountChange.credits(Limit.of(1)));
        assertThat(send(5, request("one", customer), false)).isNull();
        assertThat(send(6, request("two", customer), false)).isNull();
        assertThat(send(7, request("three", customer).replace("^film", "x"), true))
                .isNull();
        List<TokenRecord> records = RecordedAnswers.await(application().records(), customer.account(), 3);
        assertThat(records).extracting(TokenRecord::requestId).containsExactly("three", "two", "one");
        assertThat(records).extracting(TokenRecord::code).containsExactly(-4020, -2019, 0);
        assertThat(records).extracting(TokenRecord::source).containsOnly(TokenRecord.Source.KAFKA);
    }

    @Test
    void manyResults_areSentBeforeTheLastRecord() {
        String requests = IntStream.range(0, 1_000)
                .mapToObj(i -> "{\"id\":\"" + i + "\",\"parameters\":{}}")
                .collect(Collectors.joining(","));
        for (int offset = 0; offset < 6; offset++) {
            assertThat(send(offset, "{\"id\":\"b\",\"requests\":[" + requests + "]}", false))
                    .isNull();
        }
        assertThat(messages(getMockEndpoint("mock:results"))).hasSize(5);
        assertThat(commits).containsExactly(Map.entry(4L, 1));
    }

    private static String text(Message message) {
        return new String((byte[]) message.getBody(), StandardCharsets.UTF_8);
    }

    private static List<Message> messages(MockEndpoint mock) {
        @SuppressWarnings("unchecked")
        List<Message> messages = mock.getExchanges().get(0).getMessage().getBody(List.class);
        return messages;
    }

    private String request(String id) {
        return request(id, newCustomer(Profile.LENIENT));
    }

    private static String request(String id, Customer customer) {
        return "{\"id\":\"" + id + "\",\"parameters\":{\"customerAuthenticator\":\"" + customer.production()
                + "\",\"kid\":\"^film\",\"contentKey\":\"" + KEY + "\"}}";
    }

    /** What came of a record: null, or the failure that the consumer learns of. */
    private @Nullable Exception send(long offset, String value, boolean isLast) {
        reader.seek(PARTITION, offset + 1);
        return template.request("direct:token-kafka", exchange -> {
                    exchange.getMessage().setBody(value.getBytes(StandardCharsets.UTF_8));
                    exchange.getMessage().setHeader(KafkaConstants.TOPIC, TOPIC);
                    exchange.getMessage().setHeader(KafkaConstants.PARTITION, PARTITION.partition());
                    exchange.getMessage().setHeader(KafkaConstants.OFFSET, offset);
                    exchange.getMessage().setHeader(KafkaConstants.KEY, new byte[] {1});
                    exchange.getMessage().setHeader(KafkaConstants.LAST_RECORD_BEFORE_COMMIT, isLast);
                    exchange.getMessage().setHeader(KafkaConstants.MANUAL_COMMIT, new Commit(exchange, offset));
                })
                .getException();
    }

    /** Counts what is committed of its position. */
    private final class CountingConsumer extends MockConsumer<byte[], byte[]> {

        private CountingConsumer() {
            super(OffsetResetStrategy.EARLIEST);
            assign(List.of(PARTITION));
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
            offsets.values().forEach(next -> commits.merge(next.offset() - 1, 1, Integer::sum));
        }
    }

    /** Counts instead of committing. */
    private final class Commit extends DefaultKafkaManualCommit implements KafkaManualCommit {

        private Commit(Exchange exchange, long offset) {
            super(
                    new KafkaManualCommitFactory.CamelExchangePayload(exchange, reader, "thread", null),
                    new KafkaManualCommitFactory.KafkaRecordPayload(PARTITION, offset, 1_000));
        }

        @Override
        public void commit() {
            commits.merge(getRecordOffset(), 1, Integer::sum);
        }
    }
}
