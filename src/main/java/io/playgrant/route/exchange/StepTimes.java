package io.playgrant.route.exchange;

import io.micrometer.core.instrument.Timer;
import io.playgrant.observe.Metrics;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Measures the duration of steps: those that call a processor or another route, and the loop over the keys. Timers are looked up when the
 * routes are built, not for each request.
 */
public final class StepTimes implements InterceptStrategy {

    /** Other kinds, such as choices and headers, take less time than their measurement. */
    private static final Set<String> KINDS = Set.of("process", "to", "loop");

    /** The sampling rate of requests in messages, files and streams: clock and meters would take a twentieth of their time. */
    private static final int ONE_OF = 16;

    private final Metrics metrics;

    public StepTimes(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        String route = CamelContextHelper.getRouteId(definition);
        String step = definition.getId();
        return route == null || step == null || !KINDS.contains(definition.getShortName())
                ? target
                : new TimedStep(target, metrics.step(route, step));
    }

    private static final class TimedStep extends DelegateAsyncProcessor {

        private final Timer timer;

        TimedStep(Processor step, Timer timer) {
            super(step);
            this.timer = timer;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            if (RequestContext.matches(exchange, RequestContext.class, RequestContext::isOneOfMany)
                    && ThreadLocalRandom.current().nextInt(ONE_OF) != 0) {
                return super.process(exchange, callback);
            }
            long start = System.nanoTime();
            return super.process(exchange, doneSync -> {
                timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
                callback.done(doneSync);
            });
        }
    }
}
