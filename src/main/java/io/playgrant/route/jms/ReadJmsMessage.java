package io.playgrant.route.jms;

import io.playgrant.batch.MessageReader;
import io.playgrant.batch.TokenMessage;
import io.playgrant.batch.row.MessageException;
import io.playgrant.config.JmsSettings;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** Step {@code read-jms-message}: a JMS message becomes items, or is refused as a whole. Nothing but text is looked into. */
final class ReadJmsMessage implements Processor {

    /** What the charges of JMS messages are remembered under begins with this. */
    static final String CHARGE_KEYS = "jms:";

    /**
     * How many deliveries the broker may count for each attempt. Good messages lose some when their session ends for another reason; this
     * only stops a message that ends its session or the process each time, so that none of its failures is ever counted here.
     */
    private static final int DELIVERIES_PER_ATTEMPT = 10;

    private final MessageReader reader;
    private final Set<String> ownQueues;
    private final FailedAttempts failures;
    private final int mostAttempts;
    private final int mostDeliveries;

    ReadJmsMessage(JmsSettings settings, FailedAttempts failures) {
        this.reader = new MessageReader(settings.authenticator());
        this.ownQueues = Set.of(settings.requestQueue(), settings.deadLetterQueue());
        this.failures = failures;
        this.mostAttempts = settings.redeliveries() + 1;
        this.mostDeliveries = DELIVERIES_PER_ATTEMPT * mostAttempts;
    }

    @Override
    public void process(Exchange exchange) throws JMSException {
        JmsDelivery delivery = JmsProperties.delivery(exchange);
        Optional<String> whyNoReply = delivery.whyNoReply(ownQueues);
        if (delivery.replyTo() != null && whyNoReply.isEmpty()) {
            exchange.setProperty(JmsProperties.ANSWER_TO, JmsProperties.SENDER);
        }
        try {
            TokenMessage message = read(exchange, delivery.messageId());
            JmsProperties.setMessage(exchange, message);
            if (whyNoReply.isPresent()) {
                throw new MessageException(message.id(), whyNoReply.get());
            }
            String key = exchange.getProperty(JmsProperties.CHARGE_KEY, String.class);
            int failed = failures.of(key);
            if (failed >= mostAttempts) {
                failures.add(key);
                giveUp(exchange, "the message was tried " + mostAttempts + " times in vain", failed > mostAttempts);
            } else if (delivery.attempt() > mostDeliveries) {
                giveUp(
                        exchange,
                        "the message was delivered " + mostDeliveries + " times without an answer",
                        delivery.attempt() > mostDeliveries + 1);
            } else if (delivery.replyTo() == null) {
                exchange.setProperty(JmsProperties.ANSWER_TO, JmsProperties.RESULT_QUEUE);
            }
        } catch (MessageException e) {
            JmsProperties.refuse(exchange, e.id(), TokenException.of(ErrorCode.BAD_REQUEST, e.reason()));
        }
    }

    private TokenMessage read(Exchange exchange, @Nullable String messageId) throws JMSException {
        Message received = exchange.getMessage().getBody(Message.class);
        if (!(received instanceof TextMessage message)) {
            throw new MessageException(null, "only text messages are read");
        }
        String text = message.getText();
        if (text == null) {
            throw new MessageException(null, "the message is empty");
        }
        if (text.length() > MessageReader.LARGEST_MESSAGE) {
            throw new MessageException(null, "a message has at most " + MessageReader.LARGEST_MESSAGE + " bytes");
        }
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        TokenMessage read = reader.read(json);
        if (messageId == null) {
            throw new MessageException(read.id(), "JMSMessageID is missing, by which messages are charged for once");
        }
        exchange.setProperty(JmsProperties.CHARGE_KEY, CHARGE_KEYS + digest(messageId, json));
        return read;
    }

    /** Whoever waits is told so, once: if that is what fails, there is only the dead letter from then on. */
    private static void giveUp(Exchange exchange, String reason, boolean wasTold) {
        if (wasTold) {
            exchange.removeProperty(JmsProperties.ANSWER_TO);
        }
        JmsProperties.refuse(exchange, Optional.empty(), TokenException.of(ErrorCode.SERVICE_UNAVAILABLE, reason));
    }

    /** Clients may choose ids as they like, so that a message is known by its body as well. */
    private static String digest(String messageId, byte[] json) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(messageId.getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) 0);
            return HexFormat.of().formatHex(sha256.digest(json));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
