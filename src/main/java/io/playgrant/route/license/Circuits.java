package io.playgrant.route.license;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.playgrant.account.Environment;
import io.playgrant.route.exchange.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.component.resilience4j.ResilienceProcessor;
import org.apache.camel.spi.ProcessorFactory;
import org.apache.camel.support.PluginHelper;

/** Makes each {@code circuitBreaker} of the YAML an {@link AsyncCircuitBreaker}, and knows their states. */
final class Circuits implements ProcessorFactory {

    private final ProcessorFactory camels;
    private final Map<String, AsyncCircuitBreaker> breakers = new ConcurrentHashMap<>();

    private Circuits(ProcessorFactory camels) {
        this.camels = camels;
    }

    /** Makes those of a context, the routes of which have not been built. */
    static Circuits in(CamelContext context) {
        Circuits circuits = new Circuits(PluginHelper.getProcessorFactory(context));
        context.getCamelContextExtension().addContextPlugin(ProcessorFactory.class, circuits);
        return circuits;
    }

    /** The state of an environment's circuit; closed if no route has one. */
    CircuitBreaker.State state(Environment environment) {
        return circuit(environment).map(CircuitBreaker::getState).orElse(CircuitBreaker.State.CLOSED);
    }

    /** The circuit of an environment's own provider; empty if no route has one, or it has not been started. */
    Optional<CircuitBreaker> circuit(Environment environment) {
        return breaker(environment).map(AsyncCircuitBreaker::circuit);
    }

    /** The providers of single accounts of an environment whose circuits are open, by name. */
    List<String> openOfAccountProviders(Environment environment) {
        return breaker(environment)
                .map(AsyncCircuitBreaker::circuitsOfAccountProviders)
                .orElse(Map.of())
                .entrySet()
                .stream()
                .filter(circuit -> circuit.getValue().getState() == CircuitBreaker.State.OPEN)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private Optional<AsyncCircuitBreaker> breaker(Environment environment) {
        return Optional.ofNullable(breakers.get(environment.label() + "-circuit"));
    }

    private static Optional<String> accountProvider(Exchange exchange) {
        return RequestContext.find(exchange)
                .flatMap(
                        request -> request instanceof CloudCaller caller ? caller.accountProvider() : Optional.empty());
    }

    @Override
    public Processor createProcessor(Route route, NamedNode definition) throws Exception {
        Processor made = camels.createProcessor(route, definition);
        if (made instanceof ResilienceProcessor resilience) {
            AsyncCircuitBreaker breaker = new AsyncCircuitBreaker(resilience, Circuits::accountProvider);
            breakers.put(definition.getId(), breaker);
            return breaker;
        }
        return made;
    }

    @Override
    public Processor createChildProcessor(Route route, NamedNode definition, boolean mandatory) throws Exception {
        return camels.createChildProcessor(route, definition, mandatory);
    }

    @Override
    public Processor createProcessor(CamelContext context, String name, Object[] arguments) throws Exception {
        return camels.createProcessor(context, name, arguments);
    }
}
