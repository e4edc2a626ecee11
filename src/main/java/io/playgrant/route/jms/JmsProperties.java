package io.playgrant.route.jms;

import io.playgrant.batch.TokenMessage;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.FlowProperties;
import java.util.Optional;
import org.apache.camel.Exchange;

/** The exchange properties of {@code routes/token-jms.camel.yaml}. Those that it looks at itself are plain text. */
final class JmsProperties {

    /** Milliseconds: how long to wait before the message is tried again. */
    static final String PAUSE = "pause";

    /** Text: {@link #REFUSED}, once the message as a whole is. */
    static final String MESSAGE_STATE = "messageState";

    /** The {@link #MESSAGE_STATE} of what is no message. */
    static final String REFUSED = "refused";

    /** Text: {@link #SENDER}, {@link #RESULT_QUEUE}, or nothing if nobody waits. */
    static final String ANSWER_TO = "answerTo";

    /** To the message's JMSReplyTo. */
    static final String SENDER = "sender";

    /** To the queue of results. */
    static final String RESULT_QUEUE = "resultQueue";

    /** Text: why there is a dead letter, if there is one. */
    static final String DEAD_LETTER = "deadLetter";

    /** Text: the id of the message, as its sender chose it, if it has one that can be read. */
    static final String ID = "messageId";

    /** Text: by what the message is charged for. */
    static final String CHARGE_KEY = "chargeKey";

    private static final String DELIVERY = "delivery";
    private static final String MESSAGE_REFUSAL = "messageRefusal";

    private JmsProperties() {}

    static void setDelivery(Exchange exchange, JmsDelivery delivery) {
        exchange.setProperty(DELIVERY, delivery);
    }

    static JmsDelivery delivery(Exchange exchange) {
        return exchange.getProperty(DELIVERY, JmsDelivery.class);
    }

    static void setMessage(Exchange exchange, TokenMessage message) {
        FlowProperties.setMessage(exchange, message);
        exchange.setProperty(ID, message.id());
    }

    static void refuse(Exchange exchange, Optional<String> id, TokenException refusal) {
        exchange.setProperty(MESSAGE_STATE, REFUSED);
        exchange.setProperty(MESSAGE_REFUSAL, refusal);
        id.ifPresent(known -> exchange.setProperty(ID, known));
    }

    static TokenException refusal(Exchange exchange) {
        return exchange.getProperty(MESSAGE_REFUSAL, TokenException.class);
    }
}
