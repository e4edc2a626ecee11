package io.playgrant.route.jms;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import org.apache.camel.component.jms.DefaultJmsMessageListenerContainer;
import org.apache.camel.component.jms.JmsEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Reads a queue, and tells the {@link JmsBroker} of each commit: every answered message, and every second without one. That is what
 * shows that the queue is read; a connection alone does not, and a failure may be reported after another consumer has mended it.
 */
final class JmsQueueReader extends DefaultJmsMessageListenerContainer {

    private final JmsBroker broker;

    JmsQueueReader(JmsEndpoint endpoint, JmsBroker broker) {
        super(endpoint);
        this.broker = broker;
    }

    @Override
    protected void commitIfNecessary(Session session, @Nullable Message message) throws JMSException {
        super.commitIfNecessary(session, message);
        broker.works();
    }
}
