package io.playgrant.route.kafka;

import io.playgrant.route.exchange.FailureMessages;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic that results go to: how many partitions it has, and how large its messages may be. Asked for every few minutes. */
final class ResultTopic {

    /** The longest key that is carried over, in bytes. */
    static final int LONGEST_KEY = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(ResultTopic.class);
    private static final Duration STANDS = Duration.ofMinutes(5);

    /** When it is asked for again that could not be learnt. */
    private static final Duration STANDS_IN = Duration.ofSeconds(5);

    private static final int SMALLEST = 10_000;

    /** What Kafka puts around a message, and its key. */
    private static final int FRAME = 1_024 + LONGEST_KEY;

    private final int wanted;
    private final Supplier<Limits> broker;
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

    /**
     * A topic.
     *
     * @param wanted how many bytes a result has at most, if the topic takes as many
     * @param broker says what the topic is like now, or throws a {@link KafkaException}
     */
    ResultTopic(int wanted, Supplier<Limits> broker) {
        this.wanted = wanted;
        this.broker = broker;
    }

    /**
     * What a topic is like.
     *
     * @param partitions how many it has
     * @param largestMessage its {@code max.message.bytes}
     */
    record Limits(int partitions, int largestMessage) {}

    private record Known(int partitions, int largest, long until) {

        private Known(int partitions, int largest, Duration stands) {
            this(partitions, largest, System.nanoTime() + stands.toNanos());
        }

        boolean isOld() {
            return System.nanoTime() - until >= 0;
        }
    }

    /**
     * How many bytes a result may have.
     *
     * @throws KafkaException if the topic has never been known
     */
    int largest() {
        return known().largest();
    }

    /**
     * The partition for the answers to a partition's records: that of the same number, so that they keep their order.
     *
     * @throws KafkaException if the topic has never been known; another partition would break the order
     */
    int partition(int ofRecords) {
        return ofRecords % known().partitions();
    }

    /** A broker has refused a result for its size. */
    void wasTooLarge() {
        Known before = known();
        Known now = new Known(before.partitions(), Math.max(SMALLEST, before.largest() / 2), STANDS);
        known.set(now);
        LOG.warn(
                "The topic of results takes smaller messages than was known; they have at most {} bytes now",
                now.largest());
    }

    /** What was found out may be so no longer; it stands until the brokers say otherwise. */
    void askAgain() {
        known.updateAndGet(
                found -> found == null ? null : new Known(found.partitions(), found.largest(), Duration.ZERO));
    }

    private Known known() {
        Known before = known.get();
        if (before != null && !before.isOld()) {
            return before;
        }
        Known found = ask(before);
        known.set(found);
        return found;
    }

    private Known ask(@Nullable Known before) {
        try {
            Limits limits = broker.get();
            int largest = Math.max(SMALLEST, Math.min(wanted, limits.largestMessage() - FRAME));
            return new Known(limits.partitions(), largest, STANDS);
        } catch (KafkaException e) {
            if (before == null) {
                throw e;
            }
            LOG.warn("It stays as it was known: {}", FailureMessages.reason(e));
            return new Known(before.partitions(), before.largest(), STANDS_IN);
        }
    }
}
