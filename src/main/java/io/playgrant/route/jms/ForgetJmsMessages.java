package io.playgrant.route.jms;

import io.playgrant.error.FailureTrace;
import io.playgrant.storage.StorageException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes, every hour, the charges of JMS messages that will not be delivered again. */
final class ForgetJmsMessages extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(ForgetJmsMessages.class);
    private static final Duration PERIOD = Duration.ofHours(1);

    private final CamelContext context;
    private final Runnable forget;
    private @Nullable ScheduledExecutorService executor;

    ForgetJmsMessages(CamelContext context, Runnable forget) {
        this.context = context;
        this.forget = forget;
    }

    @Override
    protected void doStart() {
        executor = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "forget-jms-messages");
        Future<?> unused = executor.scheduleWithFixedDelay(this::forget, 1, PERIOD.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    protected void doStop() {
        if (executor != null) {
            context.getExecutorServiceManager().shutdownNow(executor);
        }
    }

    /** Deletes them now. */
    void forget() {
        try {
            forget.run();
        } catch (StorageException e) {
            LOG.warn("Old JMS messages are not forgotten yet: {}", e.getMessage());
        } catch (RuntimeException e) {
            // Otherwise the executor would stop without a message.
            LOG.error("Old JMS messages are not forgotten: {}", FailureTrace.withoutMessages(e));
        }
    }
}
