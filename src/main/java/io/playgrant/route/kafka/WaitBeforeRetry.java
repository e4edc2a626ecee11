package io.playgrant.route.kafka;

import io.playgrant.error.FailureTrace;
import io.playgrant.route.exchange.FailureMessages;
import io.playgrant.route.kafka.RetryDelays.Series;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code wait-before-retry}: the partition will be read again from its committed offset; not at once. */
final class WaitBeforeRetry implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(WaitBeforeRetry.class);

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
        KafkaMessage failed = KafkaMessage.of(exchange);
        backlog.drop(failed.partition());
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (FailureMessages.causes(failure).anyMatch(RecordTooLargeException.class::isInstance)) {
            results.wasTooLarge();
        } else {
            results.askAgain();
        }
        Series failures = delays.failed(failed.queue(), FailureMessages.reason(failure));
        LOG.error(
                "Records up to {} cannot be answered now and are tried again in {} ms: {}",
                failed,
                failures.delay().toMillis(),
                told(failure, failures));
        RoutePause.rest(exchange.getContext(), exchange.getFromRouteId(), failures.delay());
    }

    /** Where something fails that nobody foresaw is told once. */
    private static String told(Throwable failure, Series failures) {
        return failures.isNew() && FailureMessages.foreseen(failure).isEmpty()
                ? FailureTrace.withoutMessages(failure)
                : failures.reason();
    }
}
