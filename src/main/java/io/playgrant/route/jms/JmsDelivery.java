package io.playgrant.route.jms;

import io.playgrant.time.Backoff;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.jspecify.annotations.Nullable;

/**
 * The broker's headers of a message that it delivers.
 *
 * @param messageId the JMSMessageID; null if the sender gave it none
 * @param correlationId what the result's JMSCorrelationID will be; null if there is nothing to correlate it by
 * @param replyTo the JMSReplyTo; null if the result goes to the queue of results
 * @param attempt which time it is that the message is delivered, from 1
 */
record JmsDelivery(
        @Nullable String messageId,
        @Nullable String correlationId,
        @Nullable Destination replyTo,
        int attempt) {

    private static final String DELIVERY_COUNT = "JMSXDeliveryCount";
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(8));

    static JmsDelivery of(Message message) throws JMSException {
        String id = message.getJMSMessageID();
        String correlationId = message.getJMSCorrelationID();
        return new JmsDelivery(
                id, correlationId == null ? id : correlationId, queue(message.getJMSReplyTo()), attempt(message));
    }

    /** The pause before this attempt, in which a database or broker may recover: none before the first, then 250 ms, doubled up to 8 s. */
    Duration pause() {
        return BACKOFF.delay(attempt - 1);
    }

    /**
     * The reason why no answer may be sent to the JMSReplyTo, if there is one: the client chooses it, but the service has the rights.
     *
     * @param own the queues of this service
     */
    Optional<String> whyNoReply(Set<String> own) throws JMSException {
        if (replyTo == null) {
            return Optional.empty();
        }
        if (!(replyTo instanceof Queue queue)) {
            // Every subscriber of a topic would get the licence URL.
            return Optional.of("JMSReplyTo must be a queue");
        }
        return names(queue.getQueueName()).stream().anyMatch(own::contains)
                ? Optional.of("JMSReplyTo must not be the queue of requests or of dead letters")
                : Optional.empty();
    }

    /** Artemis knows a queue also as {@code address::queue}; parameters may follow. */
    private static Set<String> names(String queue) {
        return Set.copyOf(Arrays.asList(queue.split("\\?", 2)[0].split("::", -1)));
    }

    /** A client of plain AMQP does not say whether it means a queue or a topic; a reply is for one, so it is a queue. */
    private static @Nullable Destination queue(@Nullable Destination replyTo) {
        return replyTo instanceof ActiveMQDestination neither && replyTo.getClass() == ActiveMQDestination.class
                ? ActiveMQDestination.createQueue(neither.getName())
                : replyTo;
    }

    private static int attempt(Message message) throws JMSException {
        return message.propertyExists(DELIVERY_COUNT) ? Math.max(1, message.getIntProperty(DELIVERY_COUNT)) : 1;
    }
}
