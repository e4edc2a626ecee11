package io.playgrant.route.kafka;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Where a record stands, and by whom it was read. The one place that knows Camel's names for it.
 *
 * @param partition its topic and partition
 * @param offset its offset
 * @param key its key; null if it has none
 * @param isLast whether it is the last that a poll brought of its partition
 * @param commit commits the offset after it
 */
record KafkaMessage(
        TopicPartition partition, long offset, byte @Nullable [] key, boolean isLast, KafkaManualCommit commit) {

    private static final String PROPERTY = "kafkaRecord";

    /** Takes the record out of the message's headers. */
    static KafkaMessage read(Exchange exchange) {
        Message message = exchange.getMessage();
        KafkaMessage read = new KafkaMessage(
                new TopicPartition(
                        message.getHeader(KafkaConstants.TOPIC, String.class),
                        message.getHeader(KafkaConstants.PARTITION, Integer.class)),
                message.getHeader(KafkaConstants.OFFSET, Long.class),
                message.getHeader(KafkaConstants.KEY, byte[].class),
                message.getHeader(KafkaConstants.LAST_RECORD_BEFORE_COMMIT, false, Boolean.class),
                message.getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class));
        message.removeHeaders("*");
        exchange.setProperty(PROPERTY, read);
        return read;
    }

    /** The record that an exchange began with. */
    static KafkaMessage of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, KafkaMessage.class);
    }

    /** Who read it; to be used on the thread of the exchange only. */
    Consumer<?, ?> consumer() {
        return ((DefaultKafkaManualCommit) commit).getCamelExchangePayload().consumer;
    }

    /**
     * Commits the offset to read from next. After the last record of a poll that is the consumer's position, which is past the markers of
     * transactions and the records of aborted ones; with the record's own offset the group would seem to be behind for ever.
     */
    void commitNext() {
        if (isLast) {
            consumer()
                    .commitSync(
                            Map.of(partition, new OffsetAndMetadata(consumer().position(partition))));
        } else {
            commit.commit();
        }
    }

    /** The name of its partition among the queues that are charged for. */
    String queue() {
        return "kafka:" + partition.topic() + "/" + partition.partition();
    }

    /** An answer's headers: the same key, and its partition. */
    void address(Message answer, int answerPartition) {
        if (key != null) {
            answer.setHeader(KafkaConstants.KEY, key);
        }
        answer.setHeader(KafkaConstants.PARTITION_KEY, answerPartition);
    }

    /** Nothing that may be secret. */
    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
