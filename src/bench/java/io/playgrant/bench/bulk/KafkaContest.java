package io.playgrant.bench.bulk;

import io.playgrant.app.Application;
import io.playgrant.broker.KafkaBroker;
import io.playgrant.broker.KafkaClient;
import io.playgrant.config.Settings;
import io.playgrant.route.Flow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Answers what stands in a topic, by the route or by a plain loop, over one broker in this process. Each is given twice the requests: it
 * has just started, so the first half warms it up, and the rate is that of the second half's results in their topic.
 */
final class KafkaContest implements AutoCloseable {

    static final String GROUP = "bench";
    static final int PARTITIONS = 2;

    private static final String KEY = "000102030405060708090a0b0c0d0e0f";

    private final Path folder;
    private final KafkaBroker broker;
    private final KafkaClient client;
    private int topics;

    KafkaContest(Path folder) throws Exception {
        this.folder = folder;
        this.broker = KafkaBroker.start(folder.resolve("broker"));
        this.client = new KafkaClient(broker.bootstrapServers());
    }

    /** How requests are put into messages, and whose they are. */
    record Load(int requests, int perMessage, String authenticator) {

        int messages() {
            return 2 * requests / perMessage;
        }

        /** Without the authenticator. */
        @Override
        public String toString() {
            return requests + " requests, " + perMessage + " in a message";
        }
    }

    /** The rate of Playgrant, with its routes. */
    double ours(Load load) throws Exception {
        String topic = fill(load);
        CountDownLatch end = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Application application = application(topic)) {
            Future<?> server = threads.submit(() -> {
                Flow.serve(application, ports -> {}, end);
                return null;
            });
            await(topic);
            end.countDown();
            server.get();
        } finally {
            threads.shutdown();
        }
        return rateOf(topic, load);
    }

    /** The rate of the plain loop. */
    double plain(Load load) throws Exception {
        String topic = fill(load);
        ExecutorService threads = Executors.newFixedThreadPool(PARTITIONS);
        try (Application application = application("");
                PlainIssuer issuer = new PlainIssuer(application)) {
            List<PlainLoop> loops = IntStream.range(0, PARTITIONS)
                    .mapToObj(i -> new PlainLoop(broker.bootstrapServers(), topic, topic + ".results", issuer))
                    .toList();
            List<Future<?>> running = new ArrayList<>();
            loops.forEach(loop -> running.add(threads.submit(loop)));
            await(topic);
            loops.forEach(PlainLoop::end);
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
        return rateOf(topic, load);
    }

    private String fill(Load load) {
        String topic = "requests" + topics++;
        broker.createTopic(topic, PARTITIONS);
        broker.createTopic(topic + ".results", PARTITIONS);
        broker.createTopic(topic + ".dead", 1);
        for (int message = 0; message < load.messages(); message++) {
            client.send(topic, Integer.toString(message), message(load, message));
        }
        client.flush();
        return topic;
    }

    private static String message(Load load, int number) {
        if (load.perMessage() == 1) {
            return request(load, Integer.toString(number));
        }
        return "{\"id\":\"" + number + "\",\"requests\":["
                + IntStream.range(0, load.perMessage())
                        .mapToObj(i -> request(load, number + "-" + i))
                        .collect(Collectors.joining(","))
                + "]}";
    }

    private static String request(Load load, String id) {
        return "{\"id\":\"" + id + "\",\"parameters\":{\"customerAuthenticator\":\"" + load.authenticator()
                + "\",\"kid\":\"^film" + id + "\",\"contentKey\":\"" + KEY
                + "\",\"securityLevel\":\"1\",\"hdcpOutputControl\":\"0\"}}";
    }

    private void await(String topic) throws InterruptedException {
        while (client.lag(GROUP, topic) > 0) {
            Thread.sleep(200);
        }
    }

    private double rateOf(String topic, Load load) {
        List<ConsumerRecord<String, String>> results = client.readAll(topic + ".results");
        long bad = results.stream().filter(one -> one.value().contains("\"error\"")).count();
        if (bad > 0 || results.size() < load.messages()) {
            throw new IllegalStateException(results.size() + " results, " + bad + " of them errors");
        }
        long[] times =
                results.stream().mapToLong(ConsumerRecord::timestamp).sorted().toArray();
        long half = times[times.length - 1] - times[times.length / 2 - 1];
        return load.requests() * 1_000.0 / half;
    }

    /** The parts of one installation, with settings for a topic, if there is one. */
    Application application(String topic) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "PLAYGRANT_HTTP_PORT", "0",
                "PLAYGRANT_MANAGEMENT_PORT", "0",
                // The plain loop keeps none.
                "PLAYGRANT_RECORDS", "off",
                "PLAYGRANT_DATA_DIR", folder.resolve("data").toString()));
        if (!topic.isEmpty()) {
            variables.put("PLAYGRANT_KAFKA_BROKERS", broker.bootstrapServers());
            variables.put("PLAYGRANT_KAFKA_REQUESTS", topic);
            variables.put("PLAYGRANT_KAFKA_RESULTS", topic + ".results");
            variables.put("PLAYGRANT_KAFKA_DEAD", topic + ".dead");
            variables.put("PLAYGRANT_KAFKA_GROUP", GROUP);
            variables.put("PLAYGRANT_KAFKA_CONSUMERS", Integer.toString(PARTITIONS));
        }
        return Application.open(Settings.load(Path.of("").toAbsolutePath(), variables));
    }

    @Override
    public void close() {
        client.close();
        broker.close();
    }
}
