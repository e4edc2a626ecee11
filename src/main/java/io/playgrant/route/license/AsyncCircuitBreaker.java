package io.playgrant.route.license;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Navigate;
import org.apache.camel.Processor;
import org.apache.camel.component.resilience4j.ResilienceProcessor;
import org.apache.camel.spi.IdAware;
import org.apache.camel.spi.RouteIdAware;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * A {@code circuitBreaker} of the YAML. Camel's own holds the thread that comes to it until the steps within are done, and that thread may be
 * an event loop. This one uses the circuit that Camel has configured, and holds no thread. A route that comes on an event loop goes on
 * there.
 *
 * <p>Calls of the providers of single accounts have circuits of their own, with the same configuration: a provider that fails must not keep
 * other accounts from their licences.
 *
 * <p>The steps of {@code onFallback} must not wait.
 */
final class AsyncCircuitBreaker extends AsyncProcessorSupport
        implements CamelContextAware, IdAware, Navigate<Processor>, RouteIdAware {

    private final ResilienceProcessor camels;
    private final AsyncProcessor steps;
    private final @Nullable Processor fallback;
    private final Function<Exchange, Optional<String>> accountProvider;
    private final Map<String, CircuitBreaker> ofAccountProviders = new ConcurrentHashMap<>();

    /**
     * A circuit breaker.
     *
     * @param accountProvider the name of a call's provider if it is that of a single account, else empty
     */
    AsyncCircuitBreaker(ResilienceProcessor camels, Function<Exchange, Optional<String>> accountProvider) {
        this.camels = camels;
        this.accountProvider = accountProvider;
        List<Processor> children = camels.next();
        this.steps = AsyncProcessorConverterHelper.convert(children.get(0));
        this.fallback = children.size() > 1 ? children.get(1) : null;
    }

    /** The circuit, once this has been started. */
    CircuitBreaker circuit() {
        return camels.getCircuitBreaker();
    }

    /** The circuits of the providers of single accounts that were called, by the provider's name. */
    Map<String, CircuitBreaker> circuitsOfAccountProviders() {
        return Map.copyOf(ofAccountProviders);
    }

    private CircuitBreaker circuit(Exchange exchange) {
        return accountProvider
                .apply(exchange)
                .map(name -> ofAccountProviders.computeIfAbsent(
                        name, unknown -> CircuitBreaker.of(unknown, circuit().getCircuitBreakerConfig())))
                .orElseGet(this::circuit);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CircuitBreaker circuit = circuit(exchange);
        if (!circuit.tryAcquirePermission()) {
            exchange.setException(CallNotPermittedException.createCallNotPermittedException(circuit));
            fallBack(exchange);
            callback.done(true);
            return true;
        }
        Context loop = Context.isOnEventLoopThread() ? Vertx.currentContext() : null;
        long start = circuit.getCurrentTimestamp();
        return steps.process(exchange, sync -> {
            settle(circuit, circuit.getCurrentTimestamp() - start, exchange.getException());
            if (sync || loop == null) {
                fallBack(exchange);
                callback.done(sync);
            } else {
                loop.runOnContext(on -> {
                    fallBack(exchange);
                    callback.done(false);
                });
            }
        });
    }

    private static void settle(CircuitBreaker circuit, long duration, @Nullable Throwable failure) {
        if (failure == null) {
            circuit.onSuccess(duration, circuit.getTimestampUnit());
        } else {
            circuit.onError(duration, circuit.getTimestampUnit(), failure);
        }
    }

    /** After a failure, performs the steps of {@code onFallback}, which find it as that of a {@code doCatch}. */
    private void fallBack(Exchange exchange) {
        Exception failure = exchange.getException();
        if (failure == null || fallback == null) {
            return;
        }
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
        exchange.setException(null);
        exchange.getExchangeExtension().setRedeliveryExhausted(false);
        try {
            fallback.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
    }

    @Override
    public List<Processor> next() {
        return camels.next();
    }

    @Override
    public boolean hasNext() {
        return camels.hasNext();
    }

    @Override
    public CamelContext getCamelContext() {
        return camels.getCamelContext();
    }

    @Override
    public void setCamelContext(CamelContext context) {
        camels.setCamelContext(context);
    }

    @Override
    public String getId() {
        return camels.getId();
    }

    @Override
    public void setId(String id) {
        camels.setId(id);
    }

    @Override
    public String getRouteId() {
        return camels.getRouteId();
    }

    @Override
    public void setRouteId(String routeId) {
        camels.setRouteId(routeId);
    }

    @Override
    protected void doBuild() {
        ServiceHelper.buildService(camels);
    }

    @Override
    protected void doInit() {
        ServiceHelper.initService(camels);
    }

    @Override
    protected void doStart() {
        ServiceHelper.startService(camels);
    }

    @Override
    protected void doStop() {
        ServiceHelper.stopService(camels);
    }

    @Override
    protected void doShutdown() {
        ServiceHelper.stopAndShutdownService(camels);
    }
}
