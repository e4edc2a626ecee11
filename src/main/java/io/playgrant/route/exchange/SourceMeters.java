package io.playgrant.route.exchange;

import io.playgrant.error.ErrorCode;
import io.playgrant.observe.Metrics;
import io.playgrant.observe.RequestMeters;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/** The meters of the transports that bring many requests at once; none where nobody looks. */
public final class SourceMeters {

    private final Map<String, RequestMeters> meters;

    private SourceMeters(Map<String, RequestMeters> meters) {
        this.meters = meters;
    }

    public static SourceMeters none() {
        return new SourceMeters(Map.of());
    }

    public static SourceMeters of(Metrics metrics, List<String> sources) {
        return new SourceMeters(sources.stream().collect(Collectors.toMap(Function.identity(), metrics::requests)));
    }

    public void succeeded(Exchange exchange) {
        RequestMeters found = meters.get(FlowProperties.source(exchange));
        if (found != null) {
            found.succeeded();
        }
    }

    public void refused(Exchange exchange, ErrorCode code) {
        RequestMeters found = meters.get(FlowProperties.source(exchange));
        if (found != null) {
            found.refused(code);
        }
    }
}
