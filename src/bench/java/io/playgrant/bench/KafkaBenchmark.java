package io.playgrant.bench;

import io.playgrant.account.AccountChange;
import io.playgrant.account.Accounts;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.broker.KafkaBroker;
import io.playgrant.broker.KafkaClient;
import io.playgrant.config.Settings;
import io.playgrant.route.Flow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Requests over Kafka: the route against a plain loop, alternately, over one broker in this process. Each is given twice the requests: it
 * has just started, so the first half warms it up, and the rate is that of the second half's results in their topic.
 */
final class KafkaBenchmark implements AutoCloseable {

    static final String GROUP = "bench";

    private static final int REQUESTS = Integer.getInteger("bench.requests", 100_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int PARTITIONS = 2;
    private static final int BATCH = 1_000;

    /** Batches take less time; as short runs measure the beginning, there are more of them. */
    private static final int MORE = 2;
    private static final String KEY = "000102030405060708090a0b0c0d0e0f";

    private final Path folder;
    private final KafkaBroker broker;
    private final KafkaClient client;
    private int topics;

    private KafkaBenchmark(Path folder) throws Exception {
        this.folder = folder;
        this.broker = KafkaBroker.start(folder.resolve("broker"));
        this.client = new KafkaClient(broker.bootstrapServers());
    }

    /** How requests are put into messages, and whose they are. */
    private record Load(String name, int requests, int perMessage, String authenticator) {

        int messages() {
            return 2 * requests / perMessage;
        }
    }

    /** One way to answer what stands in a topic. */
    @FunctionalInterface
    private interface Contender {

        double rate(Load load) throws Exception;
    }

    static void run(Path folder) throws Exception {
        try (KafkaBenchmark benchmark = new KafkaBenchmark(folder)) {
            benchmark.compare();
        }
    }

    private void compare() throws Exception {
        String unlimited;
        String limited;
        try (Application application = application("")) {
            unlimited = authenticator(application.accounts().create("Unlimited", Profile.STRICT, List.of()));
            Accounts.Created created = application.accounts().create("Limited", Profile.STRICT, List.of());
            limited = authenticator(created);
            application.accounts().change(created.account().number(), AccountChange.credits(Limit.of(1_000_000_000)));
        }
        Load singles = new Load("single messages", REQUESTS, 1, unlimited);
        Load batches = new Load("batches of 1,000", MORE * REQUESTS, BATCH, unlimited);
        Load charged = new Load("single messages, charged", REQUESTS, 1, limited);
        Load chargedBatches = new Load("batches, charged", MORE * REQUESTS, BATCH, limited);
        Benchmarks.print("Kafka, " + REQUESTS + " requests (" + MORE + " times as many in batches), " + PARTITIONS
                + " partitions and threads, requests/s:");
        for (int warmUp = 0; warmUp < 2; warmUp++) {
            ours(singles);
            plain(singles);
        }
        double[] ratios = new double[ROUNDS];
        double[] batchRatios = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            double ours = print("playgrant", singles, this::ours);
            double plain = print("plain loop", singles, this::plain);
            double batch = print("playgrant", batches, this::ours);
            print("plain loop", batches, this::plain);
            print("playgrant", charged, this::ours);
            print("playgrant", chargedBatches, this::ours);
            ratios[round] = ours / plain;
            batchRatios[round] = batch / ours;
        }
        Benchmarks.print(String.format(Locale.ROOT, "playgrant to plain loop, single messages: %.2f (median)", median(ratios)));
        Benchmarks.print(String.format(Locale.ROOT, "batches to single messages: %.2f (median)", median(batchRatios)));
    }

    private double print(String who, Load load, Contender contender) throws Exception {
        double rate = contender.rate(load);
        Benchmarks.print(String.format(Locale.ROOT, "  %-12s %-26s %9.0f", who, load.name(), rate));
        return rate;
    }

    private double ours(Load load) throws Exception {
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

    private double plain(Load load) throws Exception {
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

    /** The rooms of one installation, with settings for a topic. */
    private Application application(String topic) {
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

    static String authenticator(Accounts.Created created) {
        return created.authenticator(Environment.PRODUCTION).reveal();
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    @Override
    public void close() {
        client.close();
        broker.close();
    }
}
