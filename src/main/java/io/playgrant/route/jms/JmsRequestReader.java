package io.playgrant.route.jms;

import io.playgrant.batch.MessageReader;
import io.playgrant.batch.TokenMessage;
import io.playgrant.batch.row.MessageException;
import io.playgrant.config.JmsSettings;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.jms.JmsRequest.AnswerTo;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads JMS messages, and refuses those that are no requests or have failed too often. Only text messages are looked into. */
final class JmsRequestReader {

    /** The charges of JMS messages are remembered under names that begin with this. */
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

    JmsRequestReader(JmsSettings settings, FailedAttempts failures) {
        this.reader = new MessageReader(settings.authenticator());
        this.ownQueues = Set.of(settings.requestQueue(), settings.deadLetterQueue());
        this.failures = failures;
        this.mostAttempts = settings.redeliveries() + 1;
        this.mostDeliveries = DELIVERIES_PER_ATTEMPT * mostAttempts;
    }

    /** Fills in the requests of a message and who gets its answer, or why it is refused. */
    void read(JmsRequest request) throws JMSException {
        JmsDelivery delivery = request.delivery();
        Optional<String> whyNoReply = delivery.whyNoReply(ownQueues);
        if (delivery.replyTo() != null && whyNoReply.isEmpty()) {
            request.setAnswerTo(AnswerTo.SENDER);
        }
        try {
            TokenMessage message = readText(request, delivery.messageId());
            request.setMessage(message);
            request.setClientId(message.id());
            if (whyNoReply.isPresent()) {
                throw new MessageException(message.id(), whyNoReply.get());
            }
            if (!isGivenUp(request, delivery) && delivery.replyTo() == null) {
                request.setAnswerTo(AnswerTo.RESULT_QUEUE);
            }
        } catch (MessageException e) {
            e.id().ifPresent(request::setClientId);
            request.refuse(TokenException.of(ErrorCode.BAD_REQUEST, e.reason()));
        }
    }

    private TokenMessage readText(JmsRequest request, @Nullable String messageId) throws JMSException {
        if (!(request.received() instanceof TextMessage message)) {
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
        request.setChargeKey(CHARGE_KEYS + digest(messageId, json));
        return read;
    }

    /** Refuses a message that has failed, or was delivered, too often. */
    private boolean isGivenUp(JmsRequest request, JmsDelivery delivery) {
        String key = request.chargeKey().orElseThrow();
        int failed = failures.of(key);
        if (failed >= mostAttempts) {
            failures.add(key);
            giveUp(request, "the message failed after " + mostAttempts + " attempts", failed > mostAttempts);
            return true;
        }
        if (delivery.attempt() > mostDeliveries) {
            giveUp(
                    request,
                    "the message was delivered " + mostDeliveries + " times without an answer",
                    delivery.attempt() > mostDeliveries + 1);
            return true;
        }
        return false;
    }

    /** The sender is answered once: if that is what fails, there is only the dead letter from then on. */
    private static void giveUp(JmsRequest request, String reason, boolean wasAnswered) {
        if (wasAnswered) {
            request.setAnswerTo(AnswerTo.NOBODY);
        }
        request.refuse(TokenException.of(ErrorCode.SERVICE_UNAVAILABLE, reason));
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
