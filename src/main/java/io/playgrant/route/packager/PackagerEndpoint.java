package io.playgrant.route.packager;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.packager.cpix.CpixReader;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.route.http.AdmittedCall;
import io.playgrant.route.http.Endpoint;
import java.util.List;
import org.apache.camel.Exchange;

/** {@code /packager/…}: where packagers ask for content keys. The path and the method name the dialect. */
final class PackagerEndpoint {

    private static final Endpoint ENDPOINT = Endpoint.at("/packager/", "packager")
            .content(Endpoint.Content.BYTES)
            .largestBody(CpixReader.MOST_BYTES)
            .headerParameters(PackagerCall.SPEKE_VERSION)
            .withJsonErrors()
            .withinHalfOfThePlaces()
            .readBy(PackagerCall::of);

    private PackagerEndpoint() {}

    /** Declares the endpoint, and binds its decisions. */
    static void bind(StepRegistry steps, PackagerMeters meters) {
        ENDPOINT.bind(steps);
        for (Dialect dialect : Dialect.values()) {
            steps.decision("dialect-is-" + dialect.label(), PackagerCall.class, call -> call.dialect() == dialect);
        }
        steps.processor("refuse-packager-call", PackagerEndpoint::refuse);
        steps.step("finish-packager-call", PackagerCall.class, call -> {
            meters.count(call);
            call.wipe();
        });
    }

    /** The path knows no such method, or there is no such path. */
    private static void refuse(Exchange exchange) {
        List<String> methods =
                Dialect.methods(RequestContext.of(exchange, PackagerCall.class).path());
        if (methods.isEmpty()) {
            throw TokenException.of(
                    ErrorCode.NOT_FOUND, "packagers ask at /packager/widevine, /packager/cpix or /packager/nginx-vod");
        }
        throw AdmittedCall.of(exchange).refuseMethod(methods, "use " + String.join(", ", methods));
    }
}
