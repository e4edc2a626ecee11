package io.playgrant.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker in this process: a single node that is its own controller (KRaft). It can be stopped and started again, and then has the
 * same port and the same data. Topics are not made by being used.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final int port;
    private final int securedPort;
    private final Properties properties;
    private @Nullable KafkaRaftServer server;

    private KafkaBroker(int port, int securedPort, Properties properties) {
        this.port = port;
        this.securedPort = securedPort;
        this.properties = properties;
    }

    /**
     * Starts a broker on a free port.
     *
     * @param folder where its data are kept; what an earlier broker left there is taken up
     */
    public static KafkaBroker start(Path folder) {
        return start(folder, FreePort.find());
    }

    /** Starts a broker on the given port of 127.0.0.1. */
    public static KafkaBroker start(Path folder, int port) {
        return start(folder, port, 0, properties(folder, port, FreePort.find()));
    }

    /**
     * Starts a broker that listens on a second port, too, and there speaks another protocol.
     *
     * @param protocol that of the second port
     * @param settings the broker's settings for it
     */
    public static KafkaBroker startSecured(Path folder, String protocol, Map<String, String> settings) {
        int port = FreePort.find();
        int securedPort = FreePort.find();
        Properties properties = properties(folder, port, FreePort.find());
        String listener = "," + protocol + "://127.0.0.1:" + securedPort;
        properties.compute("listeners", (name, listeners) -> listeners + listener);
        properties.compute("advertised.listeners", (name, listeners) -> listeners + listener);
        properties.put(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT," + protocol + ":" + protocol);
        properties.putAll(settings);
        return start(folder, port, securedPort, properties);
    }

    private static KafkaBroker start(Path folder, int port, int securedPort, Properties properties) {
        try {
            format(folder, properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        KafkaBroker broker = new KafkaBroker(port, securedPort, properties);
        broker.start();
        return broker;
    }

    private static Properties properties(Path folder, int port, int controllerPort) {
        Properties properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port),
                Map.entry("log.dirs", folder.resolve("logs").toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("group.min.session.timeout.ms", "1000"),
                // Takes 128 MiB, and cleans nothing in the time of a test.
                Map.entry("log.cleaner.enable", "false")));
        return properties;
    }

    private static void format(Path folder, Properties properties) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("server.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        String[] command = {
            "format",
            "--config",
            file.toString(),
            "--cluster-id",
            Uuid.randomUuid().toString(),
            "--ignore-formatted"
        };
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        if (StorageTool.execute(command, new PrintStream(said, true, StandardCharsets.UTF_8)) != 0) {
            throw new IllegalStateException(said.toString(StandardCharsets.UTF_8));
        }
    }

    /** Starts it again after a {@link #stop}. */
    public void start() {
        KafkaRaftServer starting = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        starting.startup();
        server = starting;
    }

    /** Stops it, if it runs. Its data stay. */
    public void stop() {
        KafkaRaftServer running = server;
        if (running != null) {
            server = null;
            running.shutdown();
            running.awaitShutdown();
        }
    }

    /** What clients connect to, as they want it. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** As {@link #bootstrapServers}, by the second port of a {@linkplain #startSecured secured} broker. */
    public String securedServers() {
        return "127.0.0.1:" + securedPort;
    }

    /** Makes a topic whose messages have at most the broker's default of 1 MiB. */
    public void createTopic(String name, int partitions) {
        create(new NewTopic(name, Optional.of(partitions), Optional.empty()));
    }

    /**
     * Makes a topic.
     *
     * @param largestMessage its {@code max.message.bytes}
     */
    public void createTopic(String name, int partitions, int largestMessage) {
        create(new NewTopic(name, Optional.of(partitions), Optional.empty())
                .configs(Map.of("max.message.bytes", Integer.toString(largestMessage))));
    }

    private void create(NewTopic topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(List.of(topic)).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The topic " + topic.name() + " was not made", e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
