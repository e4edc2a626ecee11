package io.playgrant.route.exchange;

import io.playgrant.error.ErrorCode;
import io.playgrant.observe.Metrics;
import io.playgrant.observe.RequestMeters;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The meters of the transports that bring many requests at once; none outside a server. */
public final class SourceMeters {

    private final Map<String, RequestMeters> meters;

    private SourceMeters(Map<String, RequestMeters> meters) {
        this.meters = meters;
    }

    public static SourceMeters none() {
        return new SourceMeters(Map.of());
    }

    public static SourceMeters of(Metrics metrics, List<Source> sources) {
        return new SourceMeters(
                sources.stream().map(Source::label).collect(Collectors.toMap(Function.identity(), metrics::requests)));
    }

    public void succeeded(RequestContext request) {
        RequestMeters found = meters.get(request.source());
        if (found != null) {
            found.succeeded();
        }
    }

    public void refused(RequestContext request, ErrorCode code) {
        RequestMeters found = meters.get(request.source());
        if (found != null) {
            found.refused(code);
        }
    }
}
