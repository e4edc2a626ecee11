package io.playgrant.route;

import io.playgrant.route.ResultTopic.Limits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the brokers what a topic is like. */
final class KafkaTopics {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTopics.class);
    private static final int PATIENCE_SECONDS = 10;

    private final Map<String, Object> connection;

    /**
     * Topics of some brokers.
     *
     * @param connection the properties of a client of theirs
     */
    KafkaTopics(Map<String, Object> connection) {
        this.connection = connection;
    }

    /** What a topic is like; empty if the brokers do not say, which is logged. */
    Optional<Limits> limits(String topic) {
        try (Admin admin = Admin.create(connection)) {
            int partitions = await(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
                    .mapToInt(description -> description.partitions().size())
                    .sum();
            return Optional.of(new Limits(partitions, largestMessage(admin, topic)));
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("What the topic {} is like cannot be learnt: {}", topic, e.toString());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Not every user may ask for it. */
    private static int largestMessage(Admin admin, String topic) throws InterruptedException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Config config =
                    await(admin.describeConfigs(List.of(resource)).all()).get(resource);
            return config == null
                    ? Integer.MAX_VALUE
                    : Integer.parseInt(
                            config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
        } catch (ExecutionException e) {
            LOG.warn("How large messages of {} may be cannot be learnt: {}", topic, e.toString());
            return Integer.MAX_VALUE;
        }
    }

    private static <T> T await(KafkaFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
