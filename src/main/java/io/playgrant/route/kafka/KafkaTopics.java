package io.playgrant.route.kafka;

import io.playgrant.route.exchange.FailureMessages;
import io.playgrant.route.kafka.ResultTopic.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the brokers which topics exist, and for their limits. */
final class KafkaTopics {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTopics.class);
    private static final int TIMEOUT_MILLIS = 5_000;

    private final Map<String, Object> connection;

    /**
     * A client of some brokers.
     *
     * @param connection the properties of a client of theirs
     */
    KafkaTopics(Map<String, Object> connection) {
        this.connection = new HashMap<>(connection);
        this.connection.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        this.connection.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    }

    /**
     * The limits of a topic.
     *
     * @throws KafkaException if the brokers do not tell the number of its partitions
     */
    Limits limits(String topic) {
        try (Admin admin = Admin.create(connection)) {
            int partitions = await(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
                    .mapToInt(description -> description.partitions().size())
                    .sum();
            return new Limits(partitions, largestMessage(admin, topic));
        } catch (KafkaException e) {
            throw new KafkaException("the topic " + topic + " cannot be described", e);
        }
    }

    /**
     * The topics that do not exist.
     *
     * @throws KafkaException if the brokers do not answer
     */
    List<String> missing(List<String> topics) {
        try (Admin admin = Admin.create(connection)) {
            List<String> missing = new ArrayList<>();
            admin.describeTopics(topics).topicNameValues().forEach((topic, answer) -> {
                try {
                    await(answer);
                } catch (UnknownTopicOrPartitionException e) {
                    missing.add(topic);
                }
            });
            missing.sort(null);
            return missing;
        }
    }

    /** Unlimited if the user may not describe the configuration. */
    private static int largestMessage(Admin admin, String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Config config =
                    await(admin.describeConfigs(List.of(resource)).all()).get(resource);
            return config == null
                    ? Integer.MAX_VALUE
                    : Integer.parseInt(
                            config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
        } catch (KafkaException e) {
            LOG.warn("The size limit of messages of {} is unknown: {}", topic, FailureMessages.reason(e));
            return Integer.MAX_VALUE;
        }
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        }
    }
}
