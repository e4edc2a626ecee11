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

    /** The sampling rate: clock and meters would take a twentieth of the time of a request. */
    public static final int ONE_OF = 16;

    private final Metrics metrics;
    private final int oneOf;

    /**
     * Measures some of the steps, chosen at random.
     *
     * @param oneOf one of so many is measured; 1 measures all
     */
    public StepTimes(Metrics metrics, int oneOf) {
        this.metrics = metrics;
        this.oneOf = oneOf;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        String route = CamelContextHelper.getRouteId(definition);
        String step = definition.getId();
        return route == null || step == null || !KINDS.contains(definition.getShortName())
                ? target
                : new TimedStep(target, metrics.step(route, step), oneOf);
    }

    private static final class TimedStep extends DelegateAsyncProcessor {

        private final Timer timer;
        private final int oneOf;

        TimedStep(Processor step, Timer timer, int oneOf) {
            super(step);
            this.timer = timer;
            this.oneOf = oneOf;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            if (ThreadLocalRandom.current().nextInt(oneOf) != 0) {
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
