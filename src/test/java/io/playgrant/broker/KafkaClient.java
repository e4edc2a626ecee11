package io.playgrant.broker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiPredicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes to topics and reads from them, as a client of the service would. */
public final class KafkaClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);

    private final String brokers;
    private final Producer<String, byte @Nullable []> producer;
    private final Queue<Future<RecordMetadata>> sent = new ConcurrentLinkedQueue<>();

    /** A client of these brokers. */
    public KafkaClient(String brokers) {
        this.brokers = brokers;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "linger.ms", 5, "max.request.size", 8 * 1024 * 1024),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Sends without waiting; what fails is told by {@link #flush}. */
    public void send(String topic, @Nullable String key, String message) {
        send(new ProducerRecord<>(topic, key, message.getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends a record as it is, without waiting; what fails is told by {@link #flush}. */
    public void send(ProducerRecord<String, byte @Nullable []> message) {
        sent.add(producer.send(message));
    }

    /**
     * Sends messages to a partition in a transaction, which is committed or aborted once the broker has them.
     *
     * @param isCommitted whether it is committed
     */
    public void sendInTransaction(String topic, int partition, boolean isCommitted, List<String> messages) {
        try (Producer<String, byte[]> transactional = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "transactional.id", topic),
                new StringSerializer(),
                new ByteArraySerializer())) {
            transactional.initTransactions();
            transactional.beginTransaction();
            messages.forEach(message -> sent.add(transactional.send(
                    new ProducerRecord<>(topic, partition, null, message.getBytes(StandardCharsets.UTF_8)))));
            transactional.flush();
            if (isCommitted) {
                transactional.commitTransaction();
            } else {
                transactional.abortTransaction();
            }
        }
    }

    /** Waits until all is sent. */
    public void flush() {
        producer.flush();
        for (Future<RecordMetadata> one = sent.poll(); one != null; one = sent.poll()) {
            try {
                one.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * Reads a topic from its beginning until there are as many records as expected.
     *
     * @throws AssertionError if there are not in a minute
     */
    public List<ConsumerRecord<String, String>> read(String topic, int count) {
        flush();
        List<ConsumerRecord<String, String>> found = read(topic, (consumer, soFar) -> soFar < count);
        if (found.size() < count) {
            throw new AssertionError(topic + " has " + found.size() + " records instead of " + count);
        }
        return found;
    }

    /** Reads all that a topic has now. */
    public List<ConsumerRecord<String, String>> readAll(String topic) {
        return read(
                topic,
                (consumer, soFar) -> consumer.endOffsets(consumer.assignment()).entrySet().stream()
                        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue()));
    }

    private List<ConsumerRecord<String, String>> read(
            String topic, BiPredicate<Consumer<String, String>, Integer> goesOn) {
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        try (Consumer<String, String> consumer = newConsumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Instant end = Instant.now().plus(PATIENCE);
            while (goesOn.test(consumer, found.size()) && Instant.now().isBefore(end)) {
                consumer.poll(POLL).forEach(found::add);
            }
        }
        return found;
    }

    /** How many records of a topic a group has not committed yet. */
    public long lag(String group, String topic) {
        try (Consumer<String, String> consumer = newConsumer()) {
            return consumer
                    .endOffsets(consumer.partitionsFor(topic).stream()
                            .map(partition -> new TopicPartition(topic, partition.partition()))
                            .toList())
                    .entrySet()
                    .stream()
                    .mapToLong(end -> end.getValue()
                            - committed(group, topic, end.getKey().partition()))
                    .sum();
        }
    }

    private Consumer<String, String> newConsumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers), new StringDeserializer(), new StringDeserializer());
    }

    /** The offset that a group has committed, or 0. */
    public long committed(String group, String topic, int partition) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(topic, partition));
            return offset == null ? 0 : offset.offset();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sets the offset that a group, of which nobody is there, goes on from. */
    public void commit(String group, String topic, int partition, long offset) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.alterConsumerGroupOffsets(
                            group, Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
