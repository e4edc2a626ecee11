package io.playgrant.route;

import io.playgrant.config.KafkaSettings;
import io.playgrant.config.Rooms;
import java.util.Properties;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;

/** What {@code routes/token-kafka.camel.yaml} needs: the brokers, and its steps. To be configured after the {@link Steps}. */
final class KafkaServing implements CamelConfiguration {

    /** The route that reads the topic. */
    static final String ROUTE = "token-kafka";

    private final KafkaSettings settings;
    private final KafkaConnection connection;
    private final KafkaSteps steps;

    KafkaServing(KafkaSettings settings, Rooms rooms, SourceMeters meters) {
        this.settings = settings;
        this.connection = new KafkaConnection(settings, rooms.settings().http().farewell());
        KafkaTopics topics = connection.topics();
        ResultTopic results = new ResultTopic(settings.resultBytes(), () -> topics.limits(settings.results()));
        this.steps = new KafkaSteps(rooms, settings.authenticator(), results, meters);
    }

    /** What the route's file takes from the settings; it would be left out without it. */
    Properties properties() {
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

    @Override
    public void configure(CamelContext context) {
        connection.configure(context);
        steps.configure(context);
    }
}
