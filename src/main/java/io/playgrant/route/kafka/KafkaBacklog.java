package io.playgrant.route.kafka;

import io.playgrant.batch.DeadLetter;
import io.playgrant.batch.TokenMessage;
import io.playgrant.batch.TokenResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What has been read of each partition since its offsets were committed last, answered but not sent. A partition is read by one thread at
 * a time; one that is read again from its committed offset, after a failure or by another consumer, begins with nothing.
 */
final class KafkaBacklog {

    private final ConcurrentMap<TopicPartition, Unsent> partitions = new ConcurrentHashMap<>();

    /**
     * A message and the results of its items.
     *
     * @param read where the message stood
     */
    record Answer(KafkaMessage read, TokenMessage message, List<TokenResult> results) {}

    /**
     * What is to be sent.
     *
     * @param consumer who read it
     * @param answers the answers, in the order of their offsets
     * @param deadLetters what is told of records that are no messages
     * @param count how many results the answers have
     */
    record Unsent(Consumer<?, ?> consumer, List<Answer> answers, List<DeadLetter> deadLetters, AtomicInteger count) {

        private static Unsent by(KafkaMessage read) {
            return new Unsent(read.consumer(), new ArrayList<>(), new ArrayList<>(), new AtomicInteger());
        }
    }

    /** Keeps an answer; returns how many results of its partition wait now. */
    int add(Answer answer) {
        Unsent unsent = of(answer.read());
        unsent.answers().add(answer);
        return unsent.count().addAndGet(answer.results().size());
    }

    void add(KafkaMessage read, DeadLetter letter) {
        of(read).deadLetters().add(letter);
    }

    /** Takes away all that was read up to a record. */
    Unsent take(KafkaMessage last) {
        Unsent unsent = of(last);
        partitions.remove(last.partition());
        return unsent;
    }

    /** Forgets what will be read again. */
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
