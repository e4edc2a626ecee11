package io.playgrant.route.kafka;

import io.playgrant.batch.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The answers of each partition that have not been sent: those since its offsets were committed last. One thread at a time reads a
 * partition. A partition that is read again from its committed offset, after a failure or by another consumer, begins with an empty list.
 */
final class KafkaBacklog {

    private final ConcurrentMap<TopicPartition, Unsent> partitions = new ConcurrentHashMap<>();

    /**
     * The answers that are to be sent.
     *
     * @param consumer who read the messages
     * @param answered the messages that were answered, in the order of their offsets
     * @param deadLetters those of messages that cannot be read
     * @param count how many results the answers have
     */
    record Unsent(
            Consumer<?, ?> consumer, List<KafkaMessage> answered, List<DeadLetter> deadLetters, AtomicInteger count) {

        private static Unsent by(KafkaMessage read) {
            return new Unsent(read.consumer(), new ArrayList<>(), new ArrayList<>(), new AtomicInteger());
        }
    }

    /** Keeps a message that was answered; returns how many results of its partition wait now. */
    int add(KafkaMessage answered) {
        Unsent unsent = of(answered);
        unsent.answered().add(answered);
        return unsent.count().addAndGet(answered.outcomes().size());
    }

    /** Keeps the dead letter of a message that cannot be read. */
    void add(KafkaMessage refused, DeadLetter letter) {
        of(refused).deadLetters().add(letter);
    }

    /** Removes and returns all up to a message. */
    Unsent take(KafkaMessage last) {
        Unsent unsent = of(last);
        partitions.remove(last.partition());
        return unsent;
    }

    /** Forgets the messages that will be read again. */
    void drop(TopicPartition partition) {
        partitions.remove(partition);
    }

    private Unsent of(KafkaMessage read) {
        return partitions.compute(
                read.partition(),
                (partition, before) ->
                        before != null && before.consumer() == read.consumer() ? before : Unsent.by(read));
    }
}
