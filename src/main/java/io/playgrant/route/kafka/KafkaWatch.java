package io.playgrant.route.kafka;

import io.playgrant.route.exchange.FailureMessages;
import io.playgrant.route.exchange.OngoingProblem;
import io.playgrant.time.Poller;
import io.playgrant.time.Schedule;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the route that reads the topic, which Camel refuses until the name of a broker can be resolved, and regularly asks the brokers
 * whether the topics exist. Kafka's clients wait for both without a message.
 */
final class KafkaWatch extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaWatch.class);
    private static final Duration WHILE_WELL = Duration.ofSeconds(10);
    private static final Duration WHILE_NOT = Duration.ofSeconds(2);

    private final CamelContext context;
    private final Supplier<List<String>> missing;
    private final Schedule schedule;
    private final OngoingProblem trouble;
    private @Nullable Poller poller;
    private boolean hasStartedRoute;
    private long next = System.nanoTime();

    /**
     * A watch that has not started.
     *
     * @param missing asks the brokers for the topics that do not exist; throws a {@link KafkaException} if they do not say
     */
    KafkaWatch(CamelContext context, Supplier<List<String>> missing, Clock clock, Schedule schedule) {
        this.context = context;
        this.missing = missing;
        this.schedule = schedule;
        this.trouble = new OngoingProblem(LOG, "The Kafka brokers answer, and have the topics", clock);
    }

    /** The current problem, if there is one. */
    Optional<String> problem() {
        return trouble.problem();
    }

    @Override
    protected void doStart() {
        poller = schedule.start("kafka-watch", this::look);
    }

    @Override
    protected void doStop() {
        if (poller != null) {
            poller.close();
        }
    }

    private void look() {
        if (!context.isStarted() || System.nanoTime() - next < 0) {
            return;
        }
        Optional<String> problem = startRoute().or(this::ask);
        problem.ifPresentOrElse(trouble::report, trouble::clear);
        next = System.nanoTime() + (problem.isPresent() ? WHILE_NOT : WHILE_WELL).toNanos();
    }

    private Optional<String> startRoute() {
        if (hasStartedRoute) {
            return Optional.empty();
        }
        try {
            context.getRouteController().startRoute(KafkaServing.ROUTE);
            hasStartedRoute = true;
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of("the Kafka brokers cannot be found yet: " + FailureMessages.reason(e));
        }
    }

    private Optional<String> ask() {
        try {
            List<String> topics = missing.get();
            return topics.isEmpty()
                    ? Optional.empty()
                    : Optional.of("the Kafka brokers do not have the topic " + String.join(", ", topics));
        } catch (RuntimeException e) {
            return Optional.of("the Kafka brokers are out of reach, or refuse an answer: " + FailureMessages.reason(e));
        }
    }
}
