package io.playgrant.route.jms;

import io.playgrant.config.JmsSettings;
import io.playgrant.config.SettingsException;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.Optional;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.policy.JmsDefaultPrefetchPolicy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.connection.DelegatingConnectionFactory;

/** Connections to the broker that the settings name, and whether the queue of requests is read. */
public final class JmsBroker extends DelegatingConnectionFactory implements ExceptionListener {

    private static final Logger LOG = LoggerFactory.getLogger(JmsBroker.class);

    /** The same trouble is not logged again for so long. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private volatile @Nullable String problem = "there is no connection to the JMS broker yet";
    private @Nullable String logged;
    private long loggedAt;

    /** Whether the log's last word is that something is wrong; so it is before the first connection. */
    private boolean isProblemLogged = true;

    /**
     * Connections that nobody has asked for yet.
     *
     * @throws SettingsException if the URL is none
     */
    JmsBroker(JmsSettings settings) {
        setTargetConnectionFactory(settings.isAmqp() ? qpid(settings) : artemis(settings));
    }

    /** What keeps the queue from being read, if anything does. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** The listener container tells what keeps it from reading the queue, and tries again. */
    @Override
    public synchronized void onException(JMSException failure) {
        problem = "the JMS broker is out of reach or refuses the queue; the log says why";
        String reason = String.valueOf(failure.getMessage());
        long now = System.nanoTime();
        if (!reason.equals(logged) || now - loggedAt > SILENCE.toNanos()) {
            LOG.warn("The JMS broker is out of reach, or refuses the queue: {}", reason);
            logged = reason;
            loggedAt = now;
            isProblemLogged = true;
        }
    }

    /** The broker has just committed a transaction of a consumer. */
    void works() {
        if (problem != null) {
            mended();
        }
    }

    private synchronized void mended() {
        problem = null;
        if (isProblemLogged) {
            LOG.info("The queue of the JMS broker is read");
            isProblemLogged = false;
        }
    }

    /** Messages are fetched one by one: what a process that is killed had in advance would count as tried. */
    private static ConnectionFactory artemis(JmsSettings settings) {
        ActiveMQConnectionFactory factory;
        try {
            factory = new ActiveMQConnectionFactory(artemisUrl(settings.url()));
        } catch (RuntimeException e) {
            throw unusable();
        }
        settings.user().ifPresent(factory::setUser);
        settings.password().ifPresent(factory::setPassword);
        if (!settings.url().contains("consumerWindowSize")) {
            factory.setConsumerWindowSize(0);
        }
        factory.setDeserializationDenyList("*");
        return factory;
    }

    private static ConnectionFactory qpid(JmsSettings settings) {
        JmsConnectionFactory factory;
        try {
            factory = new JmsConnectionFactory(settings.url());
        } catch (RuntimeException e) {
            throw unusable();
        }
        settings.user().ifPresent(factory::setUsername);
        settings.password().ifPresent(factory::setPassword);
        if (!settings.url().contains("jms.prefetchPolicy")) {
            JmsDefaultPrefetchPolicy oneByOne = new JmsDefaultPrefetchPolicy();
            oneByOne.setAll(0);
            factory.setPrefetchPolicy(oneByOne);
        }
        return factory;
    }

    /** Artemis knows TLS as a parameter only. */
    static String artemisUrl(String url) {
        if (!url.contains("ssl://")) {
            return url;
        }
        return url.replace("ssl://", "tcp://") + (url.contains("?") ? "&" : "?") + "sslEnabled=true";
    }

    /** The client's own words may quote the URL, with the passwords in it. */
    private static SettingsException unusable() {
        return new SettingsException(
                "PLAYGRANT_JMS_URL is not understood by the broker's client: see to its parameters");
    }
}
