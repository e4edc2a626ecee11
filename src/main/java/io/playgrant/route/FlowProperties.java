package io.playgrant.route;

import io.playgrant.account.Authenticator.Origin;
import io.playgrant.account.Caller;
import io.playgrant.error.ErrorCode;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenRequest;
import java.util.Optional;
import org.apache.camel.Exchange;

/** The exchange properties of the flow. Those that the YAML routes look at are plain text. */
final class FlowProperties {

    /** Text: what the answer's {@code X-Request-Id} and the log line have in common. */
    static final String REQUEST_ID = "requestId";

    /** Text: the HTTP method. */
    static final String METHOD = "method";

    /** Text: which transport the request came by. */
    static final String SOURCE = "source";

    /** The {@link #SOURCE} of requests over HTTP. */
    static final String HTTP = "http";

    /** Text: {@code html} or {@code json}. */
    static final String ERROR_FORMAT = "errorFormat";

    /** Text: {@code html} or {@code json}, for errors that the protocol has no number for. */
    static final String HTTP_ERROR_FORMAT = "httpErrorFormat";

    /** Text: {@code strict} or {@code lenient}. */
    static final String PROFILE = "profile";

    /** Text: the methods that a path knows, once another was used. */
    static final String ALLOW = "allow";

    /** Text: where the token is to be redeemed. */
    static final String RIGHTS_URL = "rightsUrl";

    /** Text: the licence URL, once there is a token. */
    static final String LICENSE_URL = "licenseUrl";

    /** Text: how the key at hand is given, a {@link io.playgrant.token.KeyMaterial} in lower case. */
    static final String KEY_MATERIAL = "keyMaterial";

    private static final String PARAMETERS = "parameters";
    private static final String KEYS = "keys";
    private static final String ORIGIN = "origin";
    private static final String CALLER = "account";
    private static final String REQUEST = "request";
    private static final String REFUSAL = "refusal";

    private FlowProperties() {}

    static void setOrigin(Exchange exchange, Origin origin) {
        exchange.setProperty(ORIGIN, origin);
    }

    /** Where the request comes from; from inside if the transport does not say. */
    static Origin origin(Exchange exchange) {
        return exchange.getProperty(ORIGIN, Origin.internal(), Origin.class);
    }

    static void setParameters(Exchange exchange, Parameters parameters) {
        exchange.setProperty(PARAMETERS, parameters);
    }

    /** What has been read of an HTTP request's parameters. */
    static Parameters parameters(Exchange exchange) {
        return exchange.getProperty(PARAMETERS, Parameters.class);
    }

    static void setCaller(Exchange exchange, Caller caller) {
        exchange.setProperty(CALLER, caller);
        exchange.setProperty(PROFILE, caller.account().profile().label());
    }

    /** Who is calling, once that is known. */
    static Optional<Caller> caller(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(CALLER, Caller.class));
    }

    static void setRefusal(Exchange exchange, ErrorCode code) {
        exchange.setProperty(REFUSAL, code);
    }

    /** Why the request was refused; empty if it was not. */
    static Optional<ErrorCode> refusal(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(REFUSAL, ErrorCode.class));
    }

    static void setRequest(Exchange exchange, TokenRequest request) {
        exchange.setProperty(REQUEST, request);
        exchange.setProperty(KEYS, request.keys());
    }

    static TokenRequest request(Exchange exchange) {
        return exchange.getProperty(REQUEST, TokenRequest.class);
    }
}
