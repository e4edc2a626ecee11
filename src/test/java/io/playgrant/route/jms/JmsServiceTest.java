package io.playgrant.route.jms;

import static io.playgrant.TestBroker.receive;
import static io.playgrant.TestBroker.send;
import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.TestBroker;
import io.playgrant.account.AccountChange;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.KeyLookup;
import io.playgrant.keystore.held.HeldKeys;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.storage.StorageException;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.jms.client.ActiveMQQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as clients of a real broker meet it. */
class JmsServiceTest {

    private static final String REQUESTS = "playgrant.token.requests";
    private static final String RESULTS = "playgrant.token.results";
    private static final String DEAD = "playgrant.token.dead";
    private static final String EK = secret("ffaf1dae9201d1adf62770dca5ddb77ad773a79369e39986");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Not made by a session, which would have the broker make it. */
    private static final Queue MISSING = new ActiveMQQueue("missing.replies");

    private static final KeyId HELD = KeyId.ofName("held");

    /** How often the storage of keys is still away. */
    private static final AtomicInteger FAILURES = new AtomicInteger();

    @TempDir
    static Path folder;

    private static TestBroker broker;
    private static RunningService service;
    private static Customer customer;

    private JMSContext client;
    private Queue replies;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.started(folder.resolve("broker"));
        service = RunningService.start(
                folder.resolve("data"),
                Map.of("PLAYGRANT_JMS_URL", broker.url(), "PLAYGRANT_JMS_REDELIVERIES", "2"),
                failingStorage());
        customer = service.newCustomer(Profile.STRICT);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        broker.close();
    }

    @BeforeEach
    void connect() {
        client = broker.client();
        replies = client.createTemporaryQueue();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private static KeyLookup failingStorage() {
        return new KeyLookup() {
            @Override
            public Optional<Found> find(long account, Environment environment, KeyId kid) {
                if (FAILURES.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new StorageException("the storage is away");
                }
                return Optional.of(kid.equals(HELD) ? held() : new Found(EncryptedKey.ofHex(EK), null));
            }

            @Override
            public List<OfContent> current(long account, Environment environment, String contentId) {
                return contentId.equals("film") ? List.of(new OfContent(HELD, held())) : List.of();
            }

            private Found held() {
                HeldKeys keys = service.application().heldKeys();
                String ring = keys.activeId();
                return new Found(keys.wrap(ContentKey.ofHex(JmsRequests.KEY), ring), null, ring, 0);
            }
        };
    }

    @Test
    void heldKeys_needOnlyTheirKidOrContentId() throws Exception {
        send(client, REQUESTS, ofHeld("kid", "^held"), replies);
        assertThat(json(receive(client, replies)).has("licenseUrl")).isTrue();
        send(client, REQUESTS, ofHeld("contentId", "film"), replies);
        assertThat(json(receive(client, replies)).has("licenseUrl")).isTrue();
        send(client, REQUESTS, ofHeld("contentId", "no film"), replies);
        assertThat(json(receive(client, replies)).get("error").get("code").intValue())
                .isEqualTo(-4019);
    }

    private static String ofHeld(String name, String value) {
        return "{\"id\":\"one\",\"parameters\":{\"customerAuthenticator\":\"" + customer.production() + "\",\"" + name
                + "\":\"" + value + "\",\"securityLevel\":1,\"hdcpOutputControl\":0}}";
    }

    @Test
    void request_isAnsweredToItsSender() throws Exception {
        String id = send(client, REQUESTS, single("one"), replies);
        Message answer = receive(client, replies);
        assertThat(answer.getJMSCorrelationID()).isEqualTo(id);
        assertThat(answer.getJMSReplyTo()).isNull();
        assertThat(json(answer).get("id").textValue()).isEqualTo("one");
        assertThat(json(answer).get("licenseUrl").textValue()).contains("/hms/wv/rights/?ExpressPlayToken=");
    }

    @Test
    void correlationIdAndForeignProperties_areTheSendersOwn() throws Exception {
        send(client, REQUESTS, context -> withProperties(context.createTextMessage(single("one"))), replies);
        Message answer = receive(client, replies);
        assertThat(answer.getJMSCorrelationID()).isEqualTo("mine");
        assertThat(answer.getJMSType()).isNull();
        Enumeration<?> properties = answer.getPropertyNames();
        assertThat(Collections.list(properties)).hasToString("[JMSXDeliveryCount]");
        assertThat(broker.count("elsewhere")).isZero();
    }

    private static Message withProperties(TextMessage message) {
        try {
            message.setJMSCorrelationID("mine");
            message.setJMSType("type");
            message.setStringProperty("CamelJmsDestinationName", "elsewhere");
            message.setStringProperty("color", "red");
            return message;
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void batch_withoutJmsReplyTo_isAnsweredInTheQueueOfResults() throws Exception {
        String id = send(client, REQUESTS, JmsRequests.batch("b", customer.production(), List.of("x", "y", "x")), null);
        JsonNode results = json(correlated(RESULTS, id)).get("results");
        assertThat(results.findValuesAsText("id")).containsExactly("x", "y", "x");
        assertThat(results.get(1).has("licenseUrl")).isTrue();
        assertThat(results.get(2).get("error").get("code").intValue()).isEqualTo(400);
    }

    @Test
    void missingAuthenticator_isAnError() throws Exception {
        send(client, REQUESTS, "{\"id\":\"one\",\"parameters\":" + JmsRequests.parameters("") + "}", replies);
        JsonNode error = json(receive(client, replies)).get("error");
        assertThat(error.get("code").intValue()).isEqualTo(-2017);
    }

    @Test
    void whatIsNotJson_isAnsweredAndADeadLetter() throws Exception {
        String id = send(client, REQUESTS, "<" + JmsRequests.KEY + ">", replies);
        assertThat(json(receive(client, replies)).get("error").get("code").intValue())
                .isEqualTo(400);
        assertThat(deadLetter(id))
                .isEqualTo("{\"reason\":\"the message is not JSON\",\"queue\":\"" + REQUESTS + "\",\"JMSMessageID\":\""
                        + id + "\"}");
    }

    @Test
    void otherKindsOfMessages_areDeadLetters() throws Exception {
        assertOnlyTextIsRead(send(client, REQUESTS, JmsServiceTest::bytes, null));
        assertOnlyTextIsRead(send(client, REQUESTS, context -> context.createObjectMessage("text"), null));
        assertOnlyTextIsRead(send(client, REQUESTS, JMSContext::createMapMessage, null));
        assertOnlyTextIsRead(send(client, REQUESTS, JMSContext::createStreamMessage, null));
        assertOnlyTextIsRead(send(client, REQUESTS, JMSContext::createMessage, null));
        assertServes();
    }

    private void assertOnlyTextIsRead(String id) throws Exception {
        assertThat(deadLetter(id)).contains("\"reason\":\"only text messages are read\"");
    }

    private static Message bytes(JMSContext context) {
        try {
            BytesMessage message = context.createBytesMessage();
            message.writeUTF("{}");
            return message;
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void messageOverTheLimit_isADeadLetter() throws Exception {
        String id = send(client, REQUESTS, " ".repeat(3 * 1024 * 1024), replies);
        assertThat(deadLetter(id)).contains("\"reason\":\"a message has at most 1048576 bytes\"");
        assertThat(json(receive(client, replies)).has("error")).isTrue();
        assertServes();
    }

    @Test
    void missingReplyQueue_isADeadLetter_andTheConsumerGoesOn() throws Exception {
        String id = send(client, REQUESTS, single("one"), MISSING);
        assertThat(deadLetter(id)).contains("\"reason\":\"the queue of JMSReplyTo does not exist");
        assertServes();
    }

    @Test
    void ownQueueOrTopicAsJmsReplyTo_isADeadLetter() throws Exception {
        String own = send(client, REQUESTS, single("one"), client.createQueue(REQUESTS));
        assertThat(deadLetter(own)).contains("JMSReplyTo must not be the queue of requests");
        String topic = send(client, REQUESTS, single("one"), client.createTopic("news"));
        assertThat(deadLetter(topic)).contains("JMSReplyTo must be a queue");
    }

    @Test
    void failureThatPasses_isTriedAgain() throws Exception {
        FAILURES.set(2);
        send(client, REQUESTS, JmsRequests.stored("one", customer.production()), replies);
        assertThat(json(receive(client, replies)).has("licenseUrl")).isTrue();
    }

    @Test
    void failureThatStays_isADeadLetter_andAnswered() throws Exception {
        FAILURES.set(3);
        String id = send(client, REQUESTS, JmsRequests.stored("one", customer.production()), replies);
        assertThat(deadLetter(id)).contains("\"reason\":\"the message failed after 3 attempts\"");
        assertThat(json(receive(client, replies)).get("error").get("code").intValue())
                .isEqualTo(503);
        await().until(() -> broker.count(REQUESTS) == 0);
    }

    @Test
    void creditsRunOut_inTheMidstOfABatch() throws Exception {
        Customer poor = service.newCustomer(Profile.STRICT);
        service.application().accounts().change(poor.account(), AccountChange.credits(Limit.of(2)));
        send(client, REQUESTS, JmsRequests.batch("b", poor.production(), List.of("x", "y", "z")), replies);
        JsonNode results = json(receive(client, replies)).get("results");
        assertThat(results.get(1).has("licenseUrl")).isTrue();
        assertThat(results.get(2).get("error").get("code").intValue()).isEqualTo(-2019);
    }

    @Test
    void results_areCounted() throws Exception {
        String successes = "playgrant_requests_total{code=\"0\",source=\"jms\"}";
        double before = service.metric(successes);
        assertServes();
        await().until(() -> service.metric(successes) == before + 1);
    }

    @Test
    void amqp_isSpokenToo_andTheSettingsAuthenticatorStandsIn(@TempDir Path data) throws Exception {
        Map<String, String> environment = Map.of(
                "PLAYGRANT_JMS_URL", broker.amqpUrl(),
                "PLAYGRANT_JMS_REQUEST_QUEUE", "amqp.requests",
                "PLAYGRANT_JMS_RESULT_QUEUE", "amqp.results",
                "PLAYGRANT_JMS_DEAD_LETTER_QUEUE", "amqp.dead");
        String authenticator = newAuthenticator(data);
        Map<String, String> complete = new HashMap<>(environment);
        complete.put("PLAYGRANT_JMS_AUTHENTICATOR", authenticator);
        try (RunningService amqp = RunningService.start(data, complete)) {
            String request = "{\"id\":\"one\",\"parameters\":" + JmsRequests.parameters("") + "}";
            String id = send(client, "amqp.requests", request, replies);
            Message answer = receive(client, replies);
            assertThat(answer.getJMSCorrelationID()).isEqualTo(id);
            assertThat(json(answer).has("licenseUrl")).isTrue();
            send(client, "amqp.requests", request, null);
            assertThat(json(receive(client, client.createQueue("amqp.results"))).has("licenseUrl"))
                    .isTrue();
            send(client, "amqp.requests", request, MISSING);
            assertThat(json(receive(client, client.createQueue("amqp.dead")))
                            .get("reason")
                            .textValue())
                    .startsWith("the queue of JMSReplyTo does not exist");
            await().until(() ->
                    amqp.management().get("/observe/health").body().contains("{\"name\":\"jms\",\"status\":\"UP\"}"));
        }
    }

    private static String newAuthenticator(Path data) {
        try (Application application = RunningService.openApplication(data, Map.of())) {
            return secret(application
                    .accounts()
                    .create("Queue", Profile.STRICT, List.of())
                    .authenticator(Environment.PRODUCTION)
                    .reveal());
        }
    }

    private void assertServes() throws Exception {
        Queue own = client.createTemporaryQueue();
        send(client, REQUESTS, single("next"), own);
        assertThat(json(receive(client, own)).has("licenseUrl")).isTrue();
    }

    private static String single(String id) {
        return JmsRequests.single(id, customer.production());
    }

    private static JsonNode json(Message message) throws Exception {
        return JSON.readTree(((TextMessage) message).getText());
    }

    private Message correlated(String queue, String id) throws JMSException {
        while (true) {
            Message message = receive(client, client.createQueue(queue));
            if (id.equals(message.getJMSCorrelationID())) {
                return message;
            }
        }
    }

    private String deadLetter(String messageId) throws JMSException {
        while (true) {
            String text = ((TextMessage) receive(client, client.createQueue(DEAD))).getText();
            if (text.contains(messageId)) {
                return text;
            }
        }
    }
}
