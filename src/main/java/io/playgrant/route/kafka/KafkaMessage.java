package io.playgrant.route.kafka;

import io.playgrant.batch.DeadLetter;
import io.playgrant.route.exchange.Source;
import io.playgrant.route.queue.QueueMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * A message of the topic of requests: where it stands, by whom it was read, and what is to be sent for it and those before it. The one place
 * that knows Camel's names for it.
 */
final class KafkaMessage extends QueueMessage {

    private final TopicPartition partition;
    private final long offset;
    private final byte @Nullable [] key;
    private final boolean isLast;
    private final KafkaManualCommit commit;
    private @Nullable DeadLetter deadLetter;
    private boolean isDue;
    private List<KafkaMessage> answered = List.of();
    private List<DeadLetter> deadLetters = List.of();

    /**
     * A message that has not been read.
     *
     * @param key its key; null if it has none
     * @param isLast whether it is the last that a poll brought of its partition
     * @param commit commits the offset after it
     */
    private KafkaMessage(
            TopicPartition partition, long offset, byte @Nullable [] key, boolean isLast, KafkaManualCommit commit) {
        super(partition + "@" + offset, Source.KAFKA);
        this.partition = partition;
        this.offset = offset;
        this.key = key;
        this.isLast = isLast;
        this.commit = commit;
        this.isDue = isLast;
    }

    /** Takes a message out of the headers that Camel gives it, and leaves none. */
    static KafkaMessage take(Exchange exchange) {
        Message message = exchange.getMessage();
        KafkaMessage taken = new KafkaMessage(
                new TopicPartition(
                        message.getHeader(KafkaConstants.TOPIC, String.class),
                        message.getHeader(KafkaConstants.PARTITION, Integer.class)),
                message.getHeader(KafkaConstants.OFFSET, Long.class),
                message.getHeader(KafkaConstants.KEY, byte[].class),
                message.getHeader(KafkaConstants.LAST_RECORD_BEFORE_COMMIT, false, Boolean.class),
                message.getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class));
        message.removeHeaders("*");
        return taken;
    }

    TopicPartition partition() {
        return partition;
    }

    @Override
    public long place() {
        return offset;
    }

    /** How long its key is, in bytes. */
    int keyLength() {
        return key == null ? 0 : key.length;
    }

    /** The name of its partition among the queues that are charged for. */
    String queue() {
        return "kafka:" + partition.topic() + "/" + partition.partition();
    }

    /** Who read it; to be used on the thread of the exchange only. */
    Consumer<?, ?> consumer() {
        return ((DefaultKafkaManualCommit) commit).getCamelExchangePayload().consumer;
    }

    /**
     * Commits the offset to read from next. After the last message of a poll that is the consumer's position, which is past the markers of
     * transactions and the messages of aborted ones; with the message's own offset the group would seem to be behind for ever.
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

    /** An answer's headers: the same key, and its partition. */
    void address(Message answer, int answerPartition) {
        if (key != null) {
            answer.setHeader(KafkaConstants.KEY, key);
        }
        answer.setHeader(KafkaConstants.PARTITION_KEY, answerPartition);
    }

    /** Notes why the message cannot be read. */
    void refuse(Optional<String> id, String reason) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("topic", partition.topic());
        place.put("partition", partition.partition());
        place.put("offset", offset);
        deadLetter = new DeadLetter(id.orElse(null), reason, place);
    }

    /** The dead letter of a message that cannot be read; empty if it could be. */
    Optional<DeadLetter> deadLetter() {
        return Optional.ofNullable(deadLetter);
    }

    /** Notes that the answers so far are to be sent, although this is not the last message of the poll. */
    void setDue() {
        isDue = true;
    }

    /** Whether the answers so far are to be sent. */
    boolean isDue() {
        return isDue;
    }

    /** Notes what is to be sent: the answers to this message and those before it, and their dead letters. */
    void setUnsent(List<KafkaMessage> messages, List<DeadLetter> letters) {
        answered = messages;
        deadLetters = letters;
    }

    List<KafkaMessage> answered() {
        return answered;
    }

    List<DeadLetter> deadLetters() {
        return deadLetters;
    }
}
