package io.playgrant.route.kafka;

import io.playgrant.account.QueueCharges;
import io.playgrant.storage.StorageException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes, every ten minutes for each partition, the charges of messages that were committed and will not be read again. */
final class OldCharges {

    private static final Logger LOG = LoggerFactory.getLogger(OldCharges.class);
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final QueueCharges charges;
    private final ConcurrentMap<String, Long> due = new ConcurrentHashMap<>();

    OldCharges(QueueCharges charges) {
        this.charges = charges;
    }

    /** Deletes them if it is time to. */
    void forgetBefore(String queue, long offset) {
        long now = System.nanoTime();
        if (now - due.getOrDefault(queue, now) < 0) {
            return;
        }
        due.put(queue, now + PAUSE.toNanos());
        try {
            charges.forgetBefore(queue, offset);
        } catch (StorageException e) {
            // The next time will do; the messages are answered and committed.
            LOG.warn("Old charges of {} were not cleared away", queue, e);
        }
    }
}
