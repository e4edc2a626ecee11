package io.playgrant.route.jms;

import io.playgrant.error.FailureTrace;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Poller;
import io.playgrant.time.Schedule;
import java.time.Duration;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes, every hour, the charges of JMS messages that will not be delivered again. */
final class ForgetJmsMessages extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(ForgetJmsMessages.class);
    private static final Duration PERIOD = Duration.ofHours(1);

    private final Schedule schedule;
    private final Runnable forget;
    private @Nullable Poller poller;
    private long due = System.nanoTime();

    ForgetJmsMessages(Schedule schedule, Runnable forget) {
        this.schedule = schedule;
        this.forget = forget;
    }

    @Override
    protected void doStart() {
        poller = schedule.start("forget-jms-messages", this::forgetIfDue);
    }

    @Override
    protected void doStop() {
        if (poller != null) {
            poller.close();
        }
    }

    private void forgetIfDue() {
        if (System.nanoTime() - due >= 0) {
            due = System.nanoTime() + PERIOD.toNanos();
            forget();
        }
    }

    /** Deletes them now. */
    void forget() {
        try {
            forget.run();
        } catch (StorageException e) {
            LOG.warn("Old JMS messages are not forgotten yet: {}", e.getMessage());
        } catch (RuntimeException e) {
            // Otherwise the poller would end.
            LOG.error("Old JMS messages are not forgotten: {}", FailureTrace.withoutMessages(e));
        }
    }
}
