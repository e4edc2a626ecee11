package io.playgrant.route.jms;

import io.playgrant.error.FailureTrace;
import io.playgrant.storage.StorageException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code forget-old-messages}: what is remembered of messages so that they are charged for once does not pile up. */
final class ForgetJmsMessages implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(ForgetJmsMessages.class);

    private final Runnable forget;

    ForgetJmsMessages(Runnable forget) {
        this.forget = forget;
    }

    @Override
    public void process(Exchange exchange) {
        try {
            forget.run();
        } catch (StorageException e) {
            LOG.warn("Old JMS messages are not forgotten yet: {}", e.getMessage());
        } catch (RuntimeException e) {
            // The timer would log it with its message.
            LOG.error("Old JMS messages are not forgotten: {}", FailureTrace.withoutMessages(e));
        }
    }
}
