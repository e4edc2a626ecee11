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

/** Retries a poll that the brokers refuse, for example because the group is not authorized, after a pause and without end. */
final class PollFailures implements PollExceptionStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(PollFailures.class);
    private static final Duration REST = Duration.ofSeconds(1);

    /** Camel does not report when a consumer reads again: without a failure for so long, the problem is over. */
    private static final Duration OVER = Duration.ofSeconds(30);

    private final CamelContext context;
    private final Clock clock;
    private final OngoingProblem problem;
    private volatile Instant last = Instant.EPOCH;

    PollFailures(CamelContext context, Clock clock) {
        this.context = context;
        this.clock = clock;
        this.problem = new OngoingProblem(LOG, "Kafka's topic of requests is read again", clock);
    }

    @Override
    public boolean canContinue() {
        return true;
    }

    @Override
    public void handle(long partitionLastOffset, Exception exception) {
        last = clock.instant();
        problem.report("the topic of requests cannot be read: " + FailureMessages.reason(exception));
        try {
            RoutePause.rest(context, KafkaServing.ROUTE, REST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The problem that keeps the topic from being read, if there is one. */
    Optional<String> problem() {
        if (last.plus(OVER).isBefore(clock.instant())) {
            problem.clear();
        }
        return problem.problem();
    }
}
