package io.playgrant.route.http;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.Source;
import io.playgrant.route.exchange.StepRegistry;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Answers 404 on every path that no other route serves, in the form of all errors; without it Camel's server would do so in a form of its
 * own. It stands here and not in {@code routes/}, since there is nothing to adapt.
 */
public final class NotFoundRoute extends RouteBuilder {

    /** The route's id. */
    public static final String ID = "unknown-http";

    private static final String PATH = "/";

    /** After all others: the first route that matches a path gets the request. */
    private static final int LAST = 9999;

    private static final int FOUND = 302;

    private final @Nullable String home;
    private volatile @Nullable List<Endpoint> endpoints;

    /** A route for a server that has nothing at {@code /}. */
    public NotFoundRoute() {
        this(null);
    }

    /**
     * A route.
     *
     * @param home the path to which {@code GET /} is redirected; null for nowhere
     */
    public NotFoundRoute(@Nullable String home) {
        this.home = home;
    }

    @Override
    public void configure() {
        Endpoint.at(PATH, Source.HTTP.label())
                .withJsonErrors(this::isBelowOneWithJsonErrors)
                .bind(new StepRegistry(getContext()));
        from("platform-http:" + PATH + "?matchOnUriPrefix=true")
                .routeId(ID)
                .routeConfigurationId("http-errors")
                .startupOrder(LAST)
                .process(this::refuse)
                .id("refuse-path");
    }

    private void refuse(Exchange exchange) {
        AdmittedCall call = AdmittedCall.of(exchange);
        EndpointSteps.readQuery(call);
        if (home != null && call.path().equals(PATH) && call.method().equals("GET")) {
            exchange.getMessage().setHeader("Location", home);
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, FOUND);
            exchange.getMessage().setBody("");
            return;
        }
        throw TokenException.of(ErrorCode.NOT_FOUND, "tokens are issued at /hms/wv/token");
    }

    private boolean isBelowOneWithJsonErrors(String path) {
        return endpoints().stream().anyMatch(endpoint -> endpoint.covers(path) && endpoint.hasJsonErrors(path));
    }

    /** All other endpoints, looked up with the first call, when all are declared. */
    private List<Endpoint> endpoints() {
        List<Endpoint> known = endpoints;
        if (known == null) {
            known = Endpoint.all(getContext()).stream()
                    .filter(endpoint -> !endpoint.path().equals(PATH))
                    .toList();
            endpoints = known;
        }
        return known;
    }
}
