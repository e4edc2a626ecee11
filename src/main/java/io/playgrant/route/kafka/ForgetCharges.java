package io.playgrant.route.kafka;

import io.playgrant.account.QueueCharges;
import io.playgrant.storage.StorageException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code forget-charges}: clears away, once in ten minutes for each partition, what is known of records that were committed. */
final class ForgetCharges implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(ForgetCharges.class);
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final QueueCharges charges;
    private final ConcurrentMap<String, Long> due = new ConcurrentHashMap<>();

    ForgetCharges(QueueCharges charges) {
        this.charges = charges;
    }

    @Override
    public void process(Exchange exchange) {
        KafkaMessage last = KafkaMessage.of(exchange);
        long now = System.nanoTime();
        if (now - due.getOrDefault(last.queue(), now) < 0) {
            return;
        }
        due.put(last.queue(), now + PAUSE.toNanos());
        try {
            charges.forgetBefore(last.queue(), last.offset() + 1);
        } catch (StorageException e) {
            // The next time will do; the records are answered and committed.
            LOG.warn("Old charges of {} were not cleared away", last.queue(), e);
        }
    }
}
