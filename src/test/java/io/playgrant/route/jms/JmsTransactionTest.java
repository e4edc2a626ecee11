package io.playgrant.route.jms;

import static io.playgrant.TestBroker.receive;
import static io.playgrant.TestBroker.send;
import static org.apache.camel.builder.AdviceWith.adviceWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.TestBroker;
import io.playgrant.account.AccountChange;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.route.FlowTestSupport;
import io.playgrant.route.RunningService.Customer;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent belongs to the transaction that the message was read in. */
class JmsTransactionTest extends FlowTestSupport {

    private static TestBroker broker;

    @BeforeAll
    static void startBroker(@TempDir Path folder) throws Exception {
        broker = TestBroker.started(folder);
    }

    @AfterAll
    static void closeBroker() throws Exception {
        broker.close();
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("PLAYGRANT_JMS_URL", broker.url());
    }

    @Test
    void failureAfterTheReply_takesItBack() throws Exception {
        AtomicInteger failures = new AtomicInteger(2);
        adviceWith(
                context,
                "token-jms",
                route -> route.weaveAddLast().process(exchange -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new IOException("after the reply");
                    }
                }));
        Customer customer = newCustomer(Profile.STRICT);
        application().accounts().change(customer.account(), AccountChange.credits(Limit.of(5)));
        try (JMSContext client = broker.client()) {
            Queue replies = client.createTemporaryQueue();
            send(client, "playgrant.token.requests", JmsRequests.single("one", customer.production()), replies);
            receive(client, replies);
            assertThat(failures).hasValue(-1);
            assertThat(client.createConsumer(replies).receiveNoWait()).isNull();
        }
        assertThat(application()
                        .accounts()
                        .find(customer.account())
                        .orElseThrow()
                        .credits())
                .isEqualTo(Limit.of(4));
    }
}
