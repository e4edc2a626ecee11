package io.playgrant.bench.bulk;

import io.playgrant.batch.MessageReader;
import io.playgrant.batch.ResultWriter;
import io.playgrant.batch.TokenMessage;
import io.playgrant.batch.TokenResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What one would write without Camel: polls, answers, sends without waiting, awaits all acknowledgements, commits. */
final class PlainLoop implements Runnable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int LARGEST = 1_000_000;

    private final String brokers;
    private final String requests;
    private final String results;
    private final PlainIssuer issuer;
    private final MessageReader reader = new MessageReader(Optional.empty());
    private volatile boolean ended;

    PlainLoop(String brokers, String requests, String results, PlainIssuer issuer) {
        this.brokers = brokers;
        this.requests = requests;
        this.results = results;
        this.issuer = issuer;
    }

    void end() {
        ended = true;
    }

    @Override
    public void run() {
        try (Consumer<byte[], byte[]> consumer = consumer();
                Producer<byte[], byte[]> producer = producer()) {
            consumer.subscribe(List.of(requests));
            while (!ended) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                List<Future<RecordMetadata>> sent = new ArrayList<>();
                for (ConsumerRecord<byte[], byte[]> one : records) {
                    answer(one, producer, sent);
                }
                for (Future<RecordMetadata> one : sent) {
                    one.get();
                }
                if (!records.isEmpty()) {
                    consumer.commitSync();
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(
            ConsumerRecord<byte[], byte[]> one,
            Producer<byte[], byte[]> producer,
            List<Future<RecordMetadata>> sent) {
        TokenMessage message = reader.read(one.value());
        List<TokenResult> answers = message.items().stream().map(issuer::issue).toList();
        for (byte[] json : ResultWriter.write(message, answers, LARGEST)) {
            sent.add(producer.send(new ProducerRecord<>(results, one.partition(), one.key(), json)));
        }
    }

    private Consumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "group.id",
                        KafkaContest.GROUP,
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest",
                        "max.poll.records",
                        2_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "acks", "all", "max.request.size", 2 * LARGEST),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
