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

/** Creates connections to the broker of the settings, and knows whether the queue of requests is read. */
public final class JmsBroker extends DelegatingConnectionFactory implements ExceptionListener {

    private static final Logger LOG = LoggerFactory.getLogger(JmsBroker.class);

    /** The interval at which a continuing problem is logged again. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private volatile @Nullable String problem = "there is no connection to the JMS broker yet";
    private @Nullable String logged;
    private long loggedAt;

    /** Whether the last line of the log reports a problem; true before the first connection, so that it is logged. */
    private boolean isProblemLogged = true;

    /**
     * A factory without open connections.
     *
     * @throws SettingsException if the URL is none
     */
    JmsBroker(JmsSettings settings) {
        setTargetConnectionFactory(settings.isAmqp() ? qpid(settings) : artemis(settings));
    }

    /** The problem that keeps the queue from being read, if there is one. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** The listener container reports the failure and tries again. */
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
            recovered();
        }
    }

    private synchronized void recovered() {
        problem = null;
        if (isProblemLogged) {
            LOG.info("The queue of the JMS broker is read");
            isProblemLogged = false;
        }
    }

    /** Fetches messages one by one: the broker would count the prefetched messages of a killed process as delivered. */
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

    /** Artemis has a parameter for TLS, not a scheme. */
    static String artemisUrl(String url) {
        if (!url.contains("ssl://")) {
            return url;
        }
        return url.replace("ssl://", "tcp://") + (url.contains("?") ? "&" : "?") + "sslEnabled=true";
    }

    /** The client library's message may quote the URL and the passwords in it. */
    private static SettingsException unusable() {
        return new SettingsException(
                "PLAYGRANT_JMS_URL is not understood by the broker's client: see to its parameters");
    }
}
