package io.playgrant;

import jakarta.jms.Destination;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * A real broker in this process, on a port of its own and with its journal in a folder of the test's. Queues named missing.… are not made,
 * and who sends to those named small.… waits when they are full.
 */
public final class TestBroker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** In bytes: some tens of results. */
    private static final int SMALL = 30_000;

    private final Path folder;
    private final int port;
    private @Nullable EmbeddedActiveMQ server;

    private TestBroker(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** A broker that does not run yet. */
    public static TestBroker in(Path folder) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new TestBroker(folder, free.getLocalPort());
        }
    }

    /** A broker that runs. */
    public static TestBroker started(Path folder) throws Exception {
        TestBroker broker = in(folder);
        broker.start();
        return broker;
    }

    /** Starts it, with the messages that it had when it was stopped. */
    public void start() throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration
                .setJournalType(JournalType.NIO)
                .setJournalDatasync(false)
                .setSecurityEnabled(false)
                // Otherwise its clients wait without a word as soon as the disk is 90% full.
                .setMaxDiskUsage(-1)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .addAcceptorConfiguration("all", "tcp://127.0.0.1:" + port + "?protocols=CORE,AMQP")
                .addAddressSetting(
                        "#", new AddressSettings().setAutoDeleteQueues(false).setAutoDeleteAddresses(false))
                .addAddressSetting(
                        "missing.#",
                        new AddressSettings().setAutoCreateQueues(false).setAutoCreateAddresses(false))
                .addAddressSetting(
                        "small.#",
                        new AddressSettings()
                                .setAutoDeleteQueues(false)
                                .setAutoDeleteAddresses(false)
                                .setMaxSizeBytes(SMALL)
                                .setAddressFullMessagePolicy(AddressFullMessagePolicy.BLOCK));
        EmbeddedActiveMQ starting = new EmbeddedActiveMQ();
        starting.setConfiguration(configuration);
        starting.start();
        server = starting;
    }

    /** Ends all connections; what is on disk stays. */
    public void stop() throws Exception {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    public String url() {
        return "tcp://127.0.0.1:" + port;
    }

    public String amqpUrl() {
        return "amqp://127.0.0.1:" + port;
    }

    /** A session of a client's, without transactions. */
    public JMSContext client() {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url());
        return factory.createContext(JMSContext.AUTO_ACKNOWLEDGE);
    }

    /** How many messages are in a queue. */
    public long count(String queue) {
        EmbeddedActiveMQ running = server;
        if (running == null) {
            return 0;
        }
        var found = running.getActiveMQServer().locateQueue(SimpleString.of(queue));
        return found == null ? 0 : found.getMessageCount();
    }

    /** Sends a text, and tells its JMSMessageID. */
    public static String send(JMSContext client, String queue, String text, @Nullable Destination replyTo) {
        return send(client, queue, context -> context.createTextMessage(text), replyTo);
    }

    /** Sends a message of any kind, and tells its JMSMessageID. */
    public static String send(
            JMSContext client, String queue, Function<JMSContext, Message> making, @Nullable Destination replyTo) {
        try {
            Message message = making.apply(client);
            message.setJMSReplyTo(replyTo);
            client.createProducer().send(client.createQueue(queue), message);
            return message.getJMSMessageID();
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next message, which is waited for. */
    public static Message receive(JMSContext client, Destination queue) {
        try (var consumer = client.createConsumer(queue)) {
            Message message = consumer.receive(PATIENCE.toMillis());
            if (message == null) {
                throw new IllegalStateException("nothing came to " + queue);
            }
            return message;
        }
    }

    @Override
    public void close() throws Exception {
        stop();
    }
}
