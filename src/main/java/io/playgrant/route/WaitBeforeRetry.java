package io.playgrant.route;

import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code wait-before-retry}: the partition will be read again from its committed offset; not at once. */
final class WaitBeforeRetry implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(WaitBeforeRetry.class);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final KafkaBacklog backlog;
    private final ResultTopic results;
    private final RetryDelays delays;

    WaitBeforeRetry(KafkaBacklog backlog, ResultTopic results, RetryDelays delays) {
        this.backlog = backlog;
        this.results = results;
        this.delays = delays;
    }

    @Override
    public void process(Exchange exchange) throws InterruptedException {
        KafkaRecord failed = KafkaRecord.of(exchange);
        backlog.drop(failed.partition());
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (hasCause(cause, RecordTooLargeException.class)) {
            results.wasTooLarge();
        } else {
            results.askAgain();
        }
        Duration delay = delays.failed(failed.queue());
        LOG.error(
                "Records up to {} cannot be answered now and are tried again in {} ms: {}",
                failed,
                delay.toMillis(),
                rootOf(cause).toString());
        pause(exchange, delay);
    }

    /** A consumer that is to stop must not be waited for. */
    private static void pause(Exchange exchange, Duration delay) throws InterruptedException {
        long until = System.nanoTime() + delay.toNanos();
        while (System.nanoTime() - until < 0 && !exchange.getContext().isStopping()) {
            Thread.sleep(LOOK.toMillis());
        }
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
