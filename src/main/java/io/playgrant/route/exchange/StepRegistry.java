package io.playgrant.route.exchange;

import io.playgrant.error.TokenException;
import java.util.function.Function;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;
import org.apache.camel.spi.NodeIdFactory;
import org.apache.camel.support.ExpressionAdapter;

/**
 * Binds steps and decisions to the names by which the YAML routes call them, in {@code process: {ref: …}} and {@code ref: …}.
 *
 * <p>Requests over HTTP run on event loops, which must not wait. A step that asks the database or waits for other threads needs nothing
 * more: what it calls refuses the event loop, see {@link io.playgrant.storage.NonBlockingThreads}, and the step begins again on a worker. It
 * must not have changed anything by then. A step that waits for something else calls {@code refuseCurrent} of that class itself.
 */
public final class StepRegistry {

    private final CamelContext context;
    private final Workers workers;

    public StepRegistry(CamelContext context) {
        this(context, Workers.OF_THE_SERVER);
    }

    private StepRegistry(CamelContext context, Workers workers) {
        this.context = context;
        this.workers = workers;
    }

    /** The same registry, but steps that it binds wait on these threads. */
    public StepRegistry waitingOn(Workers own) {
        return new StepRegistry(context, own);
    }

    /** The registry of a context in whose routes steps need no id of their own, see {@link StepNames}. */
    public static StepRegistry in(CamelContext context) {
        context.getCamelContextExtension().addContextPlugin(NodeIdFactory.class, new StepNames());
        return new StepRegistry(context);
    }

    /**
     * A step that handles a refusal.
     *
     * @param <R> the requests that it works on
     */
    @FunctionalInterface
    public interface RefusalStep<R extends RequestContext> {

        /**
         * Handles a refusal.
         *
         * @return the refusal that the following steps go on with
         */
        TokenException handle(R request, TokenException refusal);
    }

    /** A step that works on a request, and leaves the body as it is. */
    public <R extends RequestContext> void step(String name, Class<R> type, Step<R> step) {
        processor(name, exchange -> step.perform(RequestContext.of(exchange, type)));
    }

    /** A step that leaves an answer in the body. */
    public <R extends RequestContext> void answer(String name, Class<R> type, Function<R, Object> step) {
        processor(name, exchange -> exchange.getMessage().setBody(step.apply(RequestContext.of(exchange, type))));
    }

    /** A step behind a failure: it is given the refusal that the failure stands for. */
    public <R extends RequestContext> void refusal(String name, Class<R> type, RefusalStep<R> step) {
        processor(name, exchange -> {
            TokenException refusal = RefusalMapper.ofCaught(exchange);
            exchange.setProperty(Exchange.EXCEPTION_CAUGHT, step.handle(RequestContext.of(exchange, type), refusal));
        });
    }

    /** A step that needs the exchange itself. */
    public void processor(String name, Processor processor) {
        context.getRegistry()
                .bind(name, processor instanceof AsyncProcessor ? processor : new HoppingStep(processor, workers));
    }

    /** A decision of a {@code choice}. It does not hold for requests of another type. */
    public <R extends RequestContext> void decision(String name, Class<R> type, java.util.function.Predicate<R> test) {
        decision(name, exchange -> RequestContext.matches(exchange, type, test));
    }

    /** A decision that needs the exchange itself. */
    public void decision(String name, java.util.function.Predicate<Exchange> test) {
        context.getRegistry().bind(name, new Decision(test));
    }

    /** A value that Camel asks for, such as the times of a {@code loop}. */
    public <R extends RequestContext> void value(String name, Class<R> type, Function<R, Object> value) {
        context.getRegistry().bind(name, new Value<>(type, value));
    }

    /** Binds another object that routes or other parts look up by name. */
    public void bean(String name, Object bean) {
        context.getRegistry().bind(name, bean);
    }

    /** The context whose registry this is. */
    public CamelContext context() {
        return context;
    }

    private record Decision(java.util.function.Predicate<Exchange> test) implements Predicate {

        @Override
        public boolean matches(Exchange exchange) {
            return test.test(exchange);
        }
    }

    /** Camel's own adapter converts for the type that is asked for. */
    private static final class Value<R extends RequestContext> extends ExpressionAdapter {

        private final Class<R> type;
        private final Function<R, Object> value;

        private Value(Class<R> type, Function<R, Object> value) {
            this.type = type;
            this.value = value;
        }

        @Override
        public Object evaluate(Exchange exchange) {
            return value.apply(RequestContext.of(exchange, type));
        }
    }
}
