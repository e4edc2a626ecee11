package io.playgrant.route.jms;

import static org.apache.camel.builder.AdviceWith.adviceWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.AccountChange;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.keystore.KeyLookup;
import io.playgrant.record.TokenRecord;
import io.playgrant.route.FlowTestSupport;
import io.playgrant.route.RecordedAnswers;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.exchange.RefusalMapper;
import io.playgrant.storage.StorageException;
import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.ObjectMessage;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.apache.activemq.artemis.jms.client.ActiveMQQueue;
import org.apache.activemq.artemis.jms.client.ActiveMQTopic;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jms.InvalidDestinationException;
import org.springframework.jms.UncategorizedJmsException;

/** {@code routes/token-jms.camel.yaml}, with mocks for the queues. */
class JmsRouteTest extends FlowTestSupport {

    private static final Destination REPLIES = new ActiveMQQueue("replies");
    private static final String NO_MESSAGE = "a message is a JSON object";

    @Override
    public Map<String, String> environment() {
        // Nobody connects to it.
        return Map.of("PLAYGRANT_JMS_URL", "tcp://127.0.0.1:1", "PLAYGRANT_JMS_REDELIVERIES", "1");
    }

    @Override
    public KeyLookup keyStorage() {
        return (account, environment, kid) -> {
            throw new StorageException("the storage is away");
        };
    }

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        configuration.replaceRouteFromWith("token-jms", "direct:token-jms");
    }

    @BeforeEach
    void replaceQueues() throws Exception {
        adviceWith(context, "token-jms", route -> {
            route.weaveById("send-jms-reply").replace().to("mock:reply").id("send-jms-reply");
            route.weaveById("send-jms-results").replace().to("mock:results").id("send-jms-results");
            route.weaveById("send-jms-dead-letter").replace().to("mock:dead").id("send-jms-dead-letter");
        });
    }

    @Test
    void request_isAnsweredToItsJmsReplyTo() {
        deliver(FakeJmsMessage.text("ID:1", single()).replyTo(REPLIES).correlationId("c"));
        Message reply = only("mock:reply");
        assertThat(reply.getBody(String.class))
                .startsWith("{\"id\":\"one\",\"licenseUrl\":\"http://127.0.0.1:0/hms/wv/rights/?ExpressPlayToken=");
        assertThat(reply.getHeaders())
                .containsOnly(Map.entry("JMSCorrelationID", "c"), Map.entry("CamelJmsDestination", REPLIES));
        expectNothingAt("mock:results", "mock:dead");
    }

    @Test
    void withoutCorrelationId_theAnswerHasTheMessages() {
        deliver(FakeJmsMessage.text("ID:1", single()).replyTo(REPLIES));
        assertThat(only("mock:reply").getHeader("JMSCorrelationID")).isEqualTo("ID:1");
    }

    @Test
    void withoutJmsReplyTo_theQueueOfResultsGetsTheAnswer() {
        deliver(FakeJmsMessage.text("ID:1", single()));
        assertThat(only("mock:results").getHeaders()).containsOnly(Map.entry("JMSCorrelationID", "ID:1"));
        expectNothingAt("mock:reply", "mock:dead");
    }

    @Test
    void headersOfTheSender_goNoFurther() {
        template.send("direct:token-jms", exchange -> {
            exchange.getMessage().setHeader("CamelJmsDestinationName", "elsewhere");
            exchange.getMessage().setHeader("JMSPriority", 9);
            exchange.getMessage().setBody(FakeJmsMessage.text("ID:1", single()).delivered());
        });
        assertThat(only("mock:results").getHeaders()).containsOnlyKeys("JMSCorrelationID");
    }

    @Test
    void batch_isAnsweredInItsOrder_andOneBadRequestSpoilsNoOther() {
        Customer customer = newCustomer(Profile.STRICT);
        deliver(FakeJmsMessage.text(
                "ID:1", JmsRequests.batch("b", customer.production(), List.of("x", "y", "x", "z"))));
        assertThat(only("mock:results").getBody(String.class))
                .matches("\\{\"id\":\"b\",\"results\":\\[\\{\"id\":\"x\",\"licenseUrl\":\"[^\"]+\"},"
                        + "\\{\"id\":\"y\",\"licenseUrl\":\"[^\"]+\"},"
                        + "\\{\"id\":\"x\",\"error\":\\{\"code\":400,\"message\":\"\\[400] Bad Request: an earlier request of this batch has the same id\"}},"
                        + "\\{\"id\":\"z\",\"licenseUrl\":\"[^\"]+\"}]}");
    }

    @Test
    void message_isChargedForOnce_howeverOftenItComes() {
        Customer customer = customerWithCredits(5);
        String batch = JmsRequests.batch("b", customer.production(), List.of("x", "y"));
        deliver(FakeJmsMessage.text("ID:1", batch));
        deliver(FakeJmsMessage.text("ID:1", batch).attempt(2));
        assertThat(creditsOf(customer)).isEqualTo(3);
        deliver(FakeJmsMessage.text("ID:2", batch));
        assertThat(creditsOf(customer)).isEqualTo(1);
        assertThat(bodies("mock:results")).hasSize(3).noneMatch(body -> body.contains("error"));
    }

    @Test
    void anotherBodyUnderTheSameId_isAnotherMessage() {
        Customer customer = customerWithCredits(5);
        deliver(FakeJmsMessage.text("ID:1", JmsRequests.single("a", customer.production())));
        deliver(FakeJmsMessage.text("ID:1", JmsRequests.single("b", customer.production())));
        assertThat(creditsOf(customer)).isEqualTo(3);
    }

    @Test
    void whatCannotBePaid_isRefused_eachTimeItComes() {
        Customer customer = customerWithCredits(1);
        String batch = JmsRequests.batch("b", customer.production(), List.of("x", "y"));
        deliver(FakeJmsMessage.text("ID:1", batch));
        application().accounts().change(customer.account(), AccountChange.credits(Limit.of(7)));
        deliver(FakeJmsMessage.text("ID:1", batch));
        assertThat(bodies("mock:results"))
                .hasSize(2)
                .allMatch(
                        body -> body.contains("{\"id\":\"x\",\"licenseUrl\"")
                                && body.contains(
                                        "{\"id\":\"y\",\"error\":{\"code\":-2019,\"message\":\"[-2019] Insufficient tokens available: the account has no credits left\"}}"));
        assertThat(creditsOf(customer)).isEqualTo(7);
    }

    @Test
    void answers_leaveRecords_asTheyWereSettled() {
        Customer customer = customerWithCredits(1);
        deliver(FakeJmsMessage.text("ID:1", JmsRequests.batch("b", customer.production(), List.of("x", "y", "x"))));
        List<TokenRecord> records = RecordedAnswers.await(application().records(), customer.account(), 2);
        assertThat(records).extracting(TokenRecord::requestId).containsExactlyInAnyOrder("x", "y");
        assertThat(records).extracting(TokenRecord::code).containsExactlyInAnyOrder(0, -2019);
        assertThat(records).extracting(TokenRecord::source).containsOnly(TokenRecord.Source.JMS);
        assertThat(records).extracting(record -> record.tokenId() == null).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void whatIsNoMessage_isADeadLetter_thatDoesNotQuoteIt() {
        deliver(FakeJmsMessage.text("ID:1", "\"" + JmsRequests.KEY + "\""));
        assertThat(only("mock:dead").getBody(String.class)).isEqualTo(deadLetter(NO_MESSAGE));
        assertThat(only("mock:dead").getHeaders()).isEmpty();
        expectNothingAt("mock:reply", "mock:results");
    }

    @Test
    void whatIsNoMessage_isAnsweredIfSomebodyWaits() {
        deliver(FakeJmsMessage.text("ID:1", "{\"id\":\"one\"}").replyTo(REPLIES));
        assertThat(only("mock:reply").getBody(String.class))
                .isEqualTo(
                        "{\"id\":\"one\",\"error\":{\"code\":400,\"message\":\"[400] Bad Request: parameters are missing\"}}");
        assertThat(only("mock:dead").getBody(String.class))
                .isEqualTo(
                        "{\"id\":\"one\",\"reason\":\"parameters are missing\",\"queue\":\"playgrant.token.requests\",\"JMSMessageID\":\"ID:1\"}");
    }

    @Test
    void otherKindsThanText_areNotLookedInto() {
        deliver(FakeJmsMessage.of(ObjectMessage.class, "ID:1"));
        deliver(FakeJmsMessage.of(BytesMessage.class, "ID:1"));
        assertThat(bodies("mock:dead")).hasSize(2).containsOnly(deadLetter("only text messages are read"));
    }

    @Test
    void emptyAndOversizedMessages_areRefused() {
        deliver(FakeJmsMessage.of(jakarta.jms.TextMessage.class, "ID:1"));
        deliver(FakeJmsMessage.text("ID:1", " ".repeat(1024 * 1024 + 1)));
        deliver(FakeJmsMessage.text("ID:1", "\u00e4".repeat(512 * 1024 + 1)));
        assertThat(bodies("mock:dead"))
                .containsExactly(
                        deadLetter("the message is empty"),
                        deadLetter("a message has at most 1048576 bytes"),
                        deadLetter("a message has at most 1048576 bytes"));
    }

    @Test
    void messageWithoutId_isRefused_sinceItCouldNotBeChargedForOnce() {
        deliver(FakeJmsMessage.text("", single()).id(null));
        assertThat(only("mock:dead").getBody(String.class))
                .isEqualTo(
                        "{\"id\":\"one\",\"reason\":\"JMSMessageID is missing, by which messages are charged for once\",\"queue\":\"playgrant.token.requests\"}");
    }

    @Test
    void jmsReplyTo_thatIsATopicOrOurOwnQueue_isRefusedAndCostsNothing() {
        Customer customer = customerWithCredits(5);
        String request = JmsRequests.single("one", customer.production());
        deliver(FakeJmsMessage.text("ID:1", request).replyTo(new ActiveMQTopic("news")));
        deliver(FakeJmsMessage.text("ID:1", request).replyTo(new ActiveMQQueue("playgrant.token.requests")));
        deliver(FakeJmsMessage.text("ID:1", request).replyTo(new ActiveMQQueue("a::playgrant.token.dead?x=y")));
        assertThat(bodies("mock:dead"))
                .extracting(body -> body.replaceAll(".*\"reason\":\"([^\"]*)\".*", "$1"))
                .containsExactly(
                        "JMSReplyTo must be a queue",
                        "JMSReplyTo must not be the queue of requests or of dead letters",
                        "JMSReplyTo must not be the queue of requests or of dead letters");
        expectNothingAt("mock:reply", "mock:results");
        assertThat(creditsOf(customer)).isEqualTo(5);
    }

    @Test
    void jmsReplyTo_ofPlainAmqp_isAQueue() {
        deliver(FakeJmsMessage.text("ID:1", single()).replyTo(ActiveMQDestination.fromPrefixedName("replies")));
        assertThat(only("mock:reply").getHeader("CamelJmsDestination")).isEqualTo(REPLIES);
    }

    @Test
    void jmsReplyTo_thatDoesNotExist_isADeadLetter() {
        getMockEndpoint("mock:reply").whenAnyExchangeReceived(exchange -> {
            throw new InvalidDestinationException(new jakarta.jms.InvalidDestinationException("replies"));
        });
        assertThat(deliver(FakeJmsMessage.text("ID:1", single()).replyTo(REPLIES))
                        .getException())
                .isNull();
        deliver(FakeJmsMessage.text("ID:1", "[]").replyTo(REPLIES));
        assertThat(bodies("mock:dead"))
                .containsExactly(
                        "{\"id\":\"one\",\"reason\":\"the queue of JMSReplyTo does not exist, or must not be written to\",\"queue\":\"playgrant.token.requests\",\"JMSMessageID\":\"ID:1\"}",
                        deadLetter(NO_MESSAGE
                                + "; also: the queue of JMSReplyTo does not exist, or must not be written to"));
    }

    @Test
    void failureThatPassesByItself_goesBackToTheQueue_andCostsNothing() {
        Customer customer = customerWithCredits(5);
        Exchange exchange = deliver(FakeJmsMessage.text("ID:1", JmsRequests.stored("one", customer.production()))
                .replyTo(REPLIES));
        assertThat(RefusalMapper.of(exchange.getException(), "test").status()).isEqualTo(503);
        expectNothingAt("mock:reply", "mock:results", "mock:dead");
        assertThat(creditsOf(customer)).isEqualTo(5);
    }

    @Test
    void messageThatFailedTooOften_isADeadLetter_andIsAnswered() {
        String failing = failing();
        deliver(FakeJmsMessage.text("ID:1", failing).replyTo(REPLIES));
        deliver(FakeJmsMessage.text("ID:1", failing).replyTo(REPLIES).attempt(2));
        expectNothingAt("mock:reply", "mock:results", "mock:dead");
        deliver(FakeJmsMessage.text("ID:1", failing).replyTo(REPLIES).attempt(3));
        assertThat(only("mock:reply").getBody(String.class))
                .isEqualTo(
                        "{\"id\":\"one\",\"error\":{\"code\":503,\"message\":\"[503] Service Unavailable: the message failed after 2 attempts\"}}");
        assertThat(only("mock:dead").getBody(String.class)).contains("\"the message failed after 2 attempts\"");
    }

    @Test
    void refusalThatCannotBeSentEither_isNotTriedAgain() {
        getMockEndpoint("mock:reply").whenAnyExchangeReceived(exchange -> {
            throw new UncategorizedJmsException(new JMSException("the session is closed"));
        });
        String failing = failing();
        for (int attempt = 1; attempt <= 4; attempt++) {
            deliver(FakeJmsMessage.text("ID:1", failing).replyTo(REPLIES).attempt(attempt));
        }
        assertThat(getMockEndpoint("mock:reply").getExchanges()).hasSize(1);
        assertThat(only("mock:dead").getBody(String.class)).contains("\"the message failed after 2 attempts\"");
    }

    @Test
    void deliveriesThatWereLostWithTheirSession_areNoFailures() {
        getMockEndpoint("mock:results").whenAnyExchangeReceived(exchange -> {
            throw new UncategorizedJmsException(new JMSException("the session is closed"));
        });
        String single = single();
        deliver(FakeJmsMessage.text("ID:1", single).attempt(18));
        deliver(FakeJmsMessage.text("ID:1", single).attempt(19));
        getMockEndpoint("mock:results").reset();
        deliver(FakeJmsMessage.text("ID:1", single).attempt(20));
        assertThat(only("mock:results").getBody(String.class)).contains("licenseUrl");
        expectNothingAt("mock:dead");
    }

    @Test
    void messageThatIsDeliveredWithoutEnd_isADeadLetter_andAnsweredOnce() {
        String single = single();
        deliver(FakeJmsMessage.text("ID:1", single).replyTo(REPLIES).attempt(21));
        deliver(FakeJmsMessage.text("ID:1", single).replyTo(REPLIES).attempt(22));
        assertThat(only("mock:reply").getBody(String.class))
                .isEqualTo(
                        "{\"id\":\"one\",\"error\":{\"code\":503,\"message\":\"[503] Service Unavailable: the message was delivered 20 times without an answer\"}}");
        assertThat(bodies("mock:dead")).hasSize(2);
    }

    @Test
    void failuresOfAMessage_areNoneOfAnother() {
        String failing = failing();
        deliver(FakeJmsMessage.text("ID:1", failing));
        deliver(FakeJmsMessage.text("ID:1", failing));
        deliver(FakeJmsMessage.text("ID:1", single()).attempt(3));
        assertThat(only("mock:results").getBody(String.class)).contains("licenseUrl");
        expectNothingAt("mock:dead");
    }

    @Test
    void pause_grows() throws JMSException {
        assertThat(List.of(1, 2, 3, 7, 100))
                .extracting(attempt ->
                        new JmsDelivery("ID:1", "ID:1", null, attempt).pause().toMillis())
                .containsExactly(0L, 250L, 500L, 8_000L, 8_000L);
    }

    @Test
    void oldMessages_areForgotten() {
        Customer customer = customerWithCredits(5);
        deliver(FakeJmsMessage.text("ID:1", JmsRequests.single("one", customer.production())));
        application().queueCharges().forgetMessages(JmsRequestReader.CHARGE_KEYS);
        deliver(FakeJmsMessage.text("ID:1", JmsRequests.single("one", customer.production())));
        assertThat(creditsOf(customer)).isEqualTo(4);
    }

    private Exchange deliver(FakeJmsMessage message) {
        return template.send(
                "direct:token-jms", exchange -> exchange.getMessage().setBody(message.delivered()));
    }

    /** A request for a stored key. */
    private String failing() {
        return JmsRequests.stored("one", newCustomer(Profile.STRICT).production());
    }

    private String single() {
        return JmsRequests.single("one", newCustomer(Profile.STRICT).production());
    }

    private Customer customerWithCredits(long credits) {
        Customer customer = newCustomer(Profile.STRICT);
        application().accounts().change(customer.account(), AccountChange.credits(Limit.of(credits)));
        return customer;
    }

    private long creditsOf(Customer customer) {
        Long credits = application()
                .accounts()
                .find(customer.account())
                .orElseThrow()
                .credits()
                .most();
        return credits == null ? -1 : credits;
    }

    private Message only(String mock) {
        MockEndpoint endpoint = getMockEndpoint(mock);
        assertThat(endpoint.getExchanges()).hasSize(1);
        return endpoint.getExchanges().get(0).getMessage();
    }

    private List<String> bodies(String mock) {
        return getMockEndpoint(mock).getExchanges().stream()
                .map(exchange -> exchange.getMessage().getBody(String.class))
                .toList();
    }

    private void expectNothingAt(String... mocks) {
        for (String mock : mocks) {
            assertThat(getMockEndpoint(mock).getExchanges()).isEmpty();
        }
    }

    private static String deadLetter(String reason) {
        return "{\"reason\":\"" + reason + "\",\"queue\":\"playgrant.token.requests\",\"JMSMessageID\":\"ID:1\"}";
    }
}
