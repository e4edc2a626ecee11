package io.playgrant.route;

import io.playgrant.batch.MessageException;
import io.playgrant.batch.MessageReader;
import io.playgrant.batch.TokenMessage;
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

    private final MessageReader reader;
    private final Set<String> ownQueues;
    private final int mostAttempts;

    ReadJmsMessage(JmsSettings settings) {
        this.reader = new MessageReader(settings.authenticator());
        this.ownQueues = Set.of(settings.requestQueue(), settings.deadLetterQueue());
        this.mostAttempts = settings.redeliveries() + 1;
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
            if (delivery.attempt() > mostAttempts) {
                giveUp(exchange, message.id(), delivery.attempt());
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
    private void giveUp(Exchange exchange, String id, int attempt) {
        if (attempt > mostAttempts + 1) {
            exchange.removeProperty(JmsProperties.ANSWER_TO);
        }
        JmsProperties.refuse(
                exchange,
                Optional.of(id),
                TokenException.of(
                        ErrorCode.SERVICE_UNAVAILABLE, "the message was tried " + mostAttempts + " times in vain"));
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
