package io.playgrant.route.kafka;

import io.playgrant.route.exchange.FailureMessages;
import io.playgrant.route.exchange.OngoingProblem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.PollExceptionStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What brokers refuse a consumer, such as to be of its group, is asked for again until they allow it; not at once. */
final class PollFailures implements PollExceptionStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(PollFailures.class);
    private static final Duration REST = Duration.ofSeconds(1);

    /** Nobody tells when a consumer reads again. */
    private static final Duration OVER = Duration.ofSeconds(30);

    private final CamelContext context;
    private final Clock clock;
    private final OngoingProblem trouble;
    private volatile Instant last = Instant.EPOCH;

    PollFailures(CamelContext context, Clock clock) {
        this.context = context;
        this.clock = clock;
        this.trouble = new OngoingProblem(LOG, "Kafka's topic of requests is read again", clock);
    }

    @Override
    public boolean canContinue() {
        return true;
    }

    @Override
    public void handle(long partitionLastOffset, Exception exception) {
        last = clock.instant();
        trouble.report("the topic of requests cannot be read: " + FailureMessages.reason(exception));
        try {
            RoutePause.rest(context, KafkaServing.ROUTE, REST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why nothing is read, if so. */
    Optional<String> problem() {
        if (last.plus(OVER).isBefore(clock.instant())) {
            trouble.clear();
        }
        return trouble.problem();
    }
}
