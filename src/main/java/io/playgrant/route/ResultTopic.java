package io.playgrant.route;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic that results go to: how many partitions it has, and how large its messages may be. Asked for every few minutes. */
final class ResultTopic {

    /** The longest key that is carried over, in bytes. */
    static final int LONGEST_KEY = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(ResultTopic.class);
    private static final Duration STANDS = Duration.ofMinutes(5);
    private static final int SMALLEST = 10_000;

    /** What Kafka puts around a message, and its key. */
    private static final int FRAME = 1_024 + LONGEST_KEY;

    private final int wanted;
    private final Supplier<Optional<Limits>> broker;
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

    /**
     * A topic.
     *
     * @param wanted how many bytes a result has at most, if the topic takes as many
     * @param broker says what the topic is like now; empty if it cannot
     */
    ResultTopic(int wanted, Supplier<Optional<Limits>> broker) {
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

    private record Known(int partitions, int largest, long since) {

        boolean isOld() {
            return System.nanoTime() - since > STANDS.toNanos();
        }
    }

    /** How many bytes a result may have. */
    int largest() {
        return known().largest();
    }

    /**
     * The partition for the answers to a partition's records: that of the same number, so that they keep their order.
     *
     * @return null if the topic is not known; whoever sends will learn why
     */
    @Nullable
    Integer partition(int ofRecords) {
        int count = known().partitions();
        return count == 0 ? null : Integer.valueOf(ofRecords % count);
    }

    /** A broker has refused a result for its size. */
    void wasTooLarge() {
        Known before = known();
        Known now = new Known(before.partitions(), Math.max(SMALLEST, before.largest() / 2), System.nanoTime());
        known.set(now);
        LOG.warn(
                "The topic of results takes smaller messages than was known; they have at most {} bytes now",
                now.largest());
    }

    /** What was found out is to be found out again. */
    void forget() {
        known.set(null);
    }

    private Known known() {
        Known found = known.get();
        if (found == null || found.isOld()) {
            found = broker.get()
                    .map(limits -> new Known(
                            limits.partitions(),
                            Math.max(SMALLEST, Math.min(wanted, limits.largestMessage() - FRAME)),
                            System.nanoTime()))
                    .orElse(new Known(0, wanted, System.nanoTime()));
            known.set(found);
        }
        return found;
    }
}
