package io.playgrant.route;

import io.playgrant.account.QueueCharges;
import io.playgrant.storage.StorageException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code forget-old-messages}: what is remembered of messages so that they are charged for once does not pile up. */
final class ForgetJmsMessages implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(ForgetJmsMessages.class);

    private final QueueCharges charges;

    ForgetJmsMessages(QueueCharges charges) {
        this.charges = charges;
    }

    @Override
    public void process(Exchange exchange) {
        try {
            charges.forgetMessages(ReadJmsMessage.CHARGE_KEYS);
        } catch (StorageException e) {
            LOG.warn("Old JMS messages are not forgotten yet: {}", e.getMessage());
        }
    }
}
