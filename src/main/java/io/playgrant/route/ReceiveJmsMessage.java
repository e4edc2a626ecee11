package io.playgrant.route;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/**
 * Step {@code receive-jms-message}: notes what the broker tells about a JMS message, and leaves nothing but it in the body: no header or
 * property of a client's becomes one of ours.
 */
final class ReceiveJmsMessage implements Processor {

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
    }
}
