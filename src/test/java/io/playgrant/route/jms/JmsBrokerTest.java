package io.playgrant.route.jms;

import static io.playgrant.TestBroker.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.TestBroker;
import io.playgrant.account.AccountChange;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.config.SettingsException;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.ObjectMessage;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is away for a while, and a service that ends. */
class JmsBrokerTest {

    private static final String REQUESTS = "playgrant.token.requests";
    private static final String RESULTS = "playgrant.token.results";
    private static final String DEAD = "playgrant.token.dead";
    private static final String SMALL = "small.results";
    private static final int MESSAGES = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void brokerThatIsAway_isNoReasonNotToServe() throws Exception {
        TestBroker broker = TestBroker.in(folder.resolve("broker"));
        try (RunningService service = serve(broker)) {
            Customer customer = service.newCustomer(Profile.STRICT);
            assertThat(service.http()
                            .get("/hms/wv/token?customerAuthenticator=" + customer.production()
                                    + "&kid=%5Efilm&securityLevel=1&hdcpOutputControl=0&contentKey=" + JmsRequests.KEY)
                            .status())
                    .isEqualTo(200);
            assertThat(service.management().get("/observe/health/ready").status())
                    .isEqualTo(200);
            assertThat(service.management().get("/observe/health").body())
                    .contains("{\"name\":\"jms\",\"status\":\"DOWN\"");
            broker.start();
            try (JMSContext client = broker.client()) {
                send(client, REQUESTS, JmsRequests.single("one", customer.production()), null);
                assertThat(answers(client, RESULTS, 1)).containsExactly("one");
            }
            awaitHealth(service);
        } finally {
            broker.close();
        }
    }

    /** Artemis cannot turn it into a message of its own protocol, and drops each consumer that it is to deliver it to. */
    @Test
    void messageThatCostsConsumersTheirSessions_harmsNoOther_andHealthIsUpAfterwards() throws Exception {
        TestBroker broker = TestBroker.started(folder.resolve("broker"));
        try (RunningService service = serve(broker)) {
            Customer customer = customerWithCredits(service);
            sendNestedMap(broker);
            sendAll(broker, customer);
            try (JMSContext client = broker.client()) {
                assertThat(answers(client, RESULTS, MESSAGES)).hasSize(MESSAGES);
            }
            await().atMost(PATIENCE).until(() -> broker.count(REQUESTS) == 0);
            awaitHealth(service);
            assertThat(broker.count(DEAD)).isZero();
            assertThat(creditsOf(service, customer)).isEqualTo(MESSAGES);
        } finally {
            broker.close();
        }
    }

    private static void sendNestedMap(TestBroker broker) throws JMSException {
        try (JMSContext client = new JmsConnectionFactory(broker.amqpUrl()).createContext()) {
            ObjectMessage message = client.createObjectMessage();
            message.setBooleanProperty("JMS_AMQP_TYPED_ENCODING", true);
            message.setObject(new HashMap<>(Map.of("nested", new HashMap<>(Map.of("a", "b")))));
            client.createProducer().send(client.createQueue(REQUESTS), message);
        }
    }

    private static void awaitHealth(RunningService service) {
        await().atMost(PATIENCE)
                .until(() -> service.management()
                        .get("/observe/health")
                        .body()
                        .contains("{\"name\":\"jms\",\"status\":\"UP\"}"));
    }

    @Test
    void restartOfTheBroker_underLoad_losesNothing_andChargesOnce() throws Exception {
        TestBroker broker = TestBroker.started(folder.resolve("broker"));
        try (RunningService service = serve(broker)) {
            Customer customer = customerWithCredits(service);
            sendAll(broker, customer);
            for (long done = 1; done < 3; done++) {
                long enough = done * MESSAGES / 4;
                await().atMost(PATIENCE).until(() -> broker.count(RESULTS) >= enough);
                broker.stop();
                broker.start();
            }
            try (JMSContext client = broker.client()) {
                assertThat(answers(client, RESULTS, MESSAGES)).hasSize(MESSAGES);
            }
            assertThat(creditsOf(service, customer)).isEqualTo(MESSAGES);
        } finally {
            broker.close();
        }
    }

    @Test
    void endOfTheService_underLoad_leavesTheRestToTheNext() throws Exception {
        TestBroker broker = TestBroker.started(folder.resolve("broker"));
        try {
            Customer customer;
            try (RunningService service = serve(broker)) {
                customer = customerWithCredits(service);
                sendAll(broker, customer);
                await().atMost(PATIENCE).until(() -> broker.count(RESULTS) > MESSAGES / 4);
            }
            assertThat(broker.count(RESULTS) + broker.count(REQUESTS)).isEqualTo(MESSAGES);
            try (RunningService next = serve(broker);
                    JMSContext client = broker.client()) {
                assertThat(answers(client, RESULTS, MESSAGES)).hasSize(MESSAGES);
                assertThat(creditsOf(next, customer)).isEqualTo(MESSAGES);
                assertThat(broker.count(RESULTS)).isZero();
            }
        } finally {
            broker.close();
        }
    }

    @Test
    void resultsThatNobodyTakes_holdUpRequests_andNothingIsLostAtTheEnd() throws Exception {
        TestBroker broker = TestBroker.started(folder.resolve("broker"));
        Map<String, String> environment = Map.of(
                "PLAYGRANT_JMS_URL",
                broker.url(),
                "PLAYGRANT_JMS_RESULT_QUEUE",
                SMALL,
                "PLAYGRANT_SHUTDOWN_SECONDS",
                "1");
        try {
            Customer customer;
            try (RunningService service = RunningService.start(folder.resolve("data"), environment)) {
                customer = customerWithCredits(service);
                sendAll(broker, customer);
                awaitStandstill(broker);
            }
            assertThat(broker.count(REQUESTS)).isPositive();
            try (RunningService next = RunningService.start(folder.resolve("data"), environment);
                    JMSContext client = broker.client()) {
                assertThat(answers(client, SMALL, MESSAGES)).hasSize(MESSAGES);
                assertThat(creditsOf(next, customer)).isEqualTo(MESSAGES);
            }
        } finally {
            broker.close();
        }
    }

    @Test
    void tlsOfArtemis_isAParameter() {
        assertThat(JmsBroker.artemisUrl("ssl://a:1")).isEqualTo("tcp://a:1?sslEnabled=true");
        assertThat(JmsBroker.artemisUrl("(ssl://a:1,ssl://b:2)?ha=true"))
                .isEqualTo("(tcp://a:1,tcp://b:2)?ha=true&sslEnabled=true");
        assertThat(JmsBroker.artemisUrl("tcp://a:1")).isEqualTo("tcp://a:1");
    }

    @Test
    void urlThatTheClientDoesNotTake_isNamedAndNotQuoted() {
        assertThatThrownBy(() -> new JmsBroker(RunningService.settings(
                                folder, Map.of("PLAYGRANT_JMS_URL", "amqp://broker?jms.no.such.thing=1"))
                        .jms()
                        .orElseThrow()))
                .isInstanceOf(SettingsException.class)
                .hasMessage("PLAYGRANT_JMS_URL is not understood by the broker's client: see to its parameters");
    }

    private RunningService serve(TestBroker broker) throws Exception {
        return RunningService.start(folder.resolve("data"), Map.of("PLAYGRANT_JMS_URL", broker.url()));
    }

    private static Customer customerWithCredits(RunningService service) {
        Customer customer = service.newCustomer(Profile.STRICT);
        service.application().accounts().change(customer.account(), AccountChange.credits(Limit.of(2L * MESSAGES)));
        return customer;
    }

    private static long creditsOf(RunningService service, Customer customer) {
        return Objects.requireNonNull(service.application()
                .accounts()
                .find(customer.account())
                .orElseThrow()
                .credits()
                .most());
    }

    private static void sendAll(TestBroker broker, Customer customer) {
        try (JMSContext client = broker.client()) {
            for (int i = 0; i < MESSAGES; i++) {
                send(client, REQUESTS, JmsRequests.single("id-" + i, customer.production()), null);
            }
        }
    }

    private static void awaitStandstill(TestBroker broker) {
        AtomicLong last = new AtomicLong();
        await().atMost(PATIENCE).during(Duration.ofSeconds(1)).until(() -> {
            long results = broker.count(SMALL);
            return last.getAndSet(results) == results && results > 0;
        });
    }

    /** The ids of the answers until there are as many different ones; each has a licence URL. */
    private static Set<String> answers(JMSContext client, String queue, int count) throws Exception {
        Set<String> ids = new TreeSet<>();
        while (ids.size() < count) {
            ids.add(id((TextMessage) TestBroker.receive(client, client.createQueue(queue))));
        }
        return ids;
    }

    private static String id(TextMessage answer) throws JMSException, java.io.IOException {
        var json = new ObjectMapper().readTree(answer.getText());
        assertThat(json.has("licenseUrl")).isTrue();
        return json.get("id").textValue();
    }
}
