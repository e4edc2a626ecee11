package io.playgrant.route.token;

import io.playgrant.route.exchange.Issuance;
import io.playgrant.route.exchange.Source;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.route.http.Endpoint;
import io.playgrant.token.TokenRequest;

/** {@code GET|POST /hms/wv/token}: one token (protocol section 2). */
public final class TokenEndpoint {

    private static final Endpoint ENDPOINT = Endpoint.at("/hms/wv/token", Source.HTTP.label())
            .methods("GET", "POST")
            .content(Endpoint.Content.FORM)
            .readBy(call ->
                    Issuance.overHttp(call.id(), call.origin(), call.rightsUrl(), TokenRequest.of(call.parameters())));

    private TokenEndpoint() {}

    /** Declares the endpoint, and binds its steps. */
    public static void bind(StepRegistry steps) {
        ENDPOINT.bind(steps);
        steps.answer("write-license-url", Issuance.class, Issuance::licenseUrl);
    }
}
