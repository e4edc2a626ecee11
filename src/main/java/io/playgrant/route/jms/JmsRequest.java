package io.playgrant.route.jms;

import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.Source;
import io.playgrant.route.queue.QueueMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message of the queue of requests on its way through its route. */
final class JmsRequest extends QueueMessage {

    /** Messages have no order; the whole message is the queue that its charges are remembered by. */
    private static final long PLACE = 0;

    private final Message received;
    private final JmsDelivery delivery;
    private AnswerTo answerTo = AnswerTo.NOBODY;
    private @Nullable String clientId;
    private @Nullable String chargeKey;
    private @Nullable TokenException refusal;
    private @Nullable String deadLetterReason;

    /** Who gets the answer to a message. */
    enum AnswerTo {
        /** Nobody waits for it, or it cannot be sent. */
        NOBODY,
        /** The queue that the message names as its JMSReplyTo. */
        SENDER,
        /** The queue of results. */
        RESULT_QUEUE
    }

    JmsRequest(Message received) throws JMSException {
        super(newId(), Source.JMS);
        this.received = received;
        this.delivery = JmsDelivery.of(received);
    }

    /** The message as the broker delivered it. */
    Message received() {
        return received;
    }

    /** What the broker tells of the message. */
    JmsDelivery delivery() {
        return delivery;
    }

    @Override
    public long place() {
        return PLACE;
    }

    /** Notes by what the message is charged for: the same for each delivery of the same message. */
    void setChargeKey(String key) {
        chargeKey = key;
    }

    /** By what the message is charged for; empty if it could not be read. */
    Optional<String> chargeKey() {
        return Optional.ofNullable(chargeKey);
    }

    void setAnswerTo(AnswerTo recipient) {
        answerTo = recipient;
    }

    AnswerTo answerTo() {
        return answerTo;
    }

    /** Notes the id of the message, as its sender chose it. */
    void setClientId(String id) {
        clientId = id;
    }

    /** The id of the message, as its sender chose it; null if it has none that can be read. */
    @Nullable
    String clientId() {
        return clientId;
    }

    /** Refuses the message as a whole, which makes a dead letter of it. */
    void refuse(TokenException reason) {
        refusal = reason;
        deadLetterReason = reason.details();
    }

    /** Why the message as a whole is refused; empty if it is not. */
    Optional<TokenException> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Notes that there is a dead letter, for a reason that is perhaps not the only one. */
    void addDeadLetterReason(String reason) {
        deadLetterReason = deadLetterReason == null ? reason : deadLetterReason + "; also: " + reason;
    }

    /** Why there is a dead letter; empty if there is none. */
    Optional<String> deadLetterReason() {
        return Optional.ofNullable(deadLetterReason);
    }
}
