package io.playgrant.route.jms;

import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.jms.JmsConstants;
import org.apache.camel.support.DefaultMessage;

/** What goes back to whoever waits for it. */
final class JmsReply {

    private JmsReply() {}

    /** Makes the answer the exchange's message, addressed to the JMSReplyTo if there is one. */
    static void set(Exchange exchange, byte[] json) {
        JmsDelivery delivery = JmsProperties.delivery(exchange);
        Message reply = new DefaultMessage(exchange.getContext());
        reply.setBody(new String(json, StandardCharsets.UTF_8));
        if (delivery.correlationId() != null) {
            reply.setHeader(JmsConstants.JMS_HEADER_CORRELATION_ID, delivery.correlationId());
        }
        if (delivery.replyTo() != null) {
            reply.setHeader(JmsConstants.JMS_DESTINATION, delivery.replyTo());
        }
        exchange.setMessage(reply);
    }
}
