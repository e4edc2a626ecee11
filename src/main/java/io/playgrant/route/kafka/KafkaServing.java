package io.playgrant.route.kafka;

import io.playgrant.app.Application;
import io.playgrant.config.KafkaSettings;
import io.playgrant.route.Steps;
import io.playgrant.route.exchange.SourceMeters;
import io.playgrant.time.Schedule;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;

/** Connects {@code routes/token-kafka.camel.yaml} to its brokers and its steps. To be configured after the {@link Steps}. */
public final class KafkaServing implements CamelConfiguration {

    /** The route that reads the topic. */
    public static final String ROUTE = "token-kafka";

    private final KafkaSettings settings;
    private final Clock clock;
    private final Schedule schedule;
    private final KafkaConnection connection;
    private final KafkaTopics topics;
    private final KafkaSteps steps;
    private volatile Supplier<Optional<String>> brokers = Optional::empty;

    public KafkaServing(KafkaSettings settings, Application application, SourceMeters meters) {
        KafkaLibraries.useFolder(application.settings().dataDir());
        this.settings = settings;
        this.connection =
                new KafkaConnection(settings, application.settings().http().shutdownTimeout());
        this.clock = application.clock();
        this.schedule = application.schedule();
        this.topics = connection.topics();
        ResultTopic results = new ResultTopic(settings.resultBytes(), () -> topics.limits(settings.results()));
        this.steps = new KafkaSteps(application, settings.authenticator(), results, meters);
    }

    /** The settings that the route's file refers to; Camel leaves the route out without them. */
    public Properties properties() {
        Properties properties = new Properties();
        properties.put("playgrant.kafka.enabled", "true");
        properties.put("playgrant.kafka.brokers", settings.brokers());
        properties.put("playgrant.kafka.requests", settings.requests());
        properties.put("playgrant.kafka.results", settings.results());
        properties.put("playgrant.kafka.dead", settings.dead());
        properties.put("playgrant.kafka.group", settings.group());
        properties.put("playgrant.kafka.consumers", Integer.toString(settings.consumers()));
        return properties;
    }

    /** The problem that keeps messages from being read or answered, if there is one. */
    public Optional<String> problem() {
        return brokers.get().or(steps::problem);
    }

    @Override
    public void configure(CamelContext context) throws Exception {
        PollFailures polls = new PollFailures(context, clock);
        connection.configure(context, polls);
        steps.configure(context);
        List<String> names = List.of(settings.requests(), settings.results(), settings.dead());
        KafkaWatch watch = new KafkaWatch(context, () -> topics.missing(names), clock, schedule);
        brokers = () -> watch.problem().or(polls::problem);
        context.addService(watch);
    }
}
