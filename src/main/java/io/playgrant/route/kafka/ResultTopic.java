package io.playgrant.route.kafka;

import io.playgrant.route.exchange.FailureMessages;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic of results: its number of partitions and the size limit of its messages, refreshed every few minutes. */
final class ResultTopic {

    /** The longest key that is copied to results, in bytes. */
    static final int LONGEST_KEY = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(ResultTopic.class);
    private static final Duration FRESH = Duration.ofMinutes(5);

    /** The pause before the next refresh after one that failed. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private static final int SMALLEST = 10_000;

    /** The overhead of a message in Kafka, and its key. */
    private static final int FRAME = 1_024 + LONGEST_KEY;

    private final int wanted;
    private final Supplier<Limits> broker;
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

    /**
     * A topic whose limits are not known yet.
     *
     * @param wanted how many bytes a result has at most, if the topic takes as many
     * @param broker asks for the limits of the topic, or throws a {@link KafkaException}
     */
    ResultTopic(int wanted, Supplier<Limits> broker) {
        this.wanted = wanted;
        this.broker = broker;
    }

    /**
     * The limits of a topic.
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
     * The size limit of a result, in bytes.
     *
     * @throws KafkaException if the topic has never been known
     */
    int largest() {
        return known().largest();
    }

    /**
     * The partition of the answers to a partition's messages: that of the same number, so that they keep their order.
     *
     * @throws KafkaException if the topic has never been known; another partition would break the order
     */
    int partition(int ofRecords) {
        return ofRecords % known().partitions();
    }

    /** Halves the limit after a broker has refused a result for its size. */
    void wasTooLarge() {
        Known before = known();
        Known now = new Known(before.partitions(), Math.max(SMALLEST, before.largest() / 2), FRESH);
        known.set(now);
        LOG.warn(
                "The topic of results takes smaller messages than was known; they have at most {} bytes now",
                now.largest());
    }

    /** Marks the limits as outdated. They hold until the brokers answer. */
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
            return new Known(limits.partitions(), largest, FRESH);
        } catch (KafkaException e) {
            if (before == null) {
                throw e;
            }
            LOG.warn("The previous limits of the topic of results remain in use: {}", FailureMessages.reason(e));
            return new Known(before.partitions(), before.largest(), RETRY);
        }
    }
}
