package io.playgrant.route.jms;

import io.playgrant.route.exchange.FailureMessages;
import io.playgrant.route.exchange.FlowProperties;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Step {@code receive-jms-message}: notes what the broker tells about a JMS message, and leaves nothing but it in the body: no header or
 * property of a client's becomes one of ours. A failure on the way to the answer is counted as the message's, unless the broker failed.
 */
final class ReceiveJmsMessage implements Processor {

    private final FailedAttempts failures;

    ReceiveJmsMessage(FailedAttempts failures) {
        this.failures = failures;
    }

    @Override
    public void process(Exchange exchange) throws JMSException {
        Message received = exchange.getMessage().getBody(Message.class);
        JmsDelivery delivery = JmsDelivery.of(received);
        JmsProperties.setDelivery(exchange, delivery);
        exchange.setProperty(JmsProperties.PAUSE, delivery.pause().toMillis());
        exchange.setProperty(FlowProperties.SOURCE, FlowProperties.JMS);
        exchange.setProperty(FlowProperties.CHARGING, FlowProperties.LATER);
        exchange.setProperty(
                FlowProperties.REQUEST_ID,
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
        DefaultMessage bare = new DefaultMessage(exchange.getContext());
        bare.setBody(received);
        exchange.setMessage(bare);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onFailure(Exchange failed) {
                count(failed);
            }
        });
    }

    private void count(Exchange failed) {
        String message = failed.getProperty(JmsProperties.CHARGE_KEY, String.class);
        if (message != null && FailureMessages.causes(failed.getException()).noneMatch(FailureMessages::isOfBroker)) {
            failures.add(message);
        }
    }
}
