package io.playgrant.route.jms;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import org.apache.camel.component.jms.DefaultJmsMessageListenerContainer;
import org.apache.camel.component.jms.JmsEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Reads a queue, and reports each commit to the {@link JmsBroker}: one for every answered message, and one for every second without a
 * message. A commit proves that the queue is read. A connection does not, and a failure may be reported after another consumer has
 * recovered.
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
