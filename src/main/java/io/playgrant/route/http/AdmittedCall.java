package io.playgrant.route.http;

import io.playgrant.account.Authenticator.Origin;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.http.Admission.RequestSlot;
import io.playgrant.token.Parameters;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** A call of an endpoint that was let in: the HTTP side of an exchange, from its arrival to its answer. */
public final class AdmittedCall {

    /** Camel's consumer and the error handling find the call here, whatever the body is. */
    private static final String PROPERTY = "playgrant.call";

    private final Endpoint endpoint;
    private final HttpCall call;
    private final RequestSlot slot;
    private final RoutingContext context;
    private final Parameters parameters = new Parameters();
    private ErrorFormat errorFormat = ErrorFormat.HTML;
    private ErrorFormat httpErrorFormat = ErrorFormat.HTML;
    private Origin origin = Origin.internal();
    private String rightsUrl = "";
    private List<String> allowed = List.of();
    private @Nullable ErrorCode refusal;

    /**
     * A call.
     *
     * @param call the request as it was sent
     * @param slot its place among the requests that are served
     * @param context what it came in, for its answer
     */
    AdmittedCall(Endpoint endpoint, HttpCall call, RequestSlot slot, RoutingContext context) {
        this.endpoint = endpoint;
        this.call = call;
        this.slot = slot;
        this.context = context;
    }

    /** Makes an exchange that of this call. */
    void begin(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
        exchange.getMessage().setBody(call);
    }

    /** The call that an exchange answers. */
    public static AdmittedCall of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, AdmittedCall.class);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    HttpCall call() {
        return call;
    }

    /** The call's place among the requests that are served. */
    public RequestSlot slot() {
        return slot;
    }

    /** What the call came in. */
    public RoutingContext context() {
        return context;
    }

    /** The id that the answer's {@code X-Request-Id} and the line in the log have in common. */
    public String id() {
        return call.id();
    }

    /** The name of its endpoint in metrics and log. */
    public String source() {
        return endpoint.source();
    }

    public String method() {
        return call.method();
    }

    /** The path without query, as it was sent. */
    public String path() {
        return call.path();
    }

    /** The host that was called, with its port if it was given; empty if there is not exactly one. */
    public String authority() {
        return call.connection().authority();
    }

    /** The body; may hold secrets. */
    public HttpCall.Body body() {
        return call.body();
    }

    /** The parameters of query and form, and the Basic credentials as {@code customerAuthenticator}; may hold secrets. */
    public Parameters parameters() {
        return parameters;
    }

    /** Notes, whatever becomes of the call, how its error is to be written. */
    void chooseErrorFormat() {
        httpErrorFormat = ErrorFormat.ofHttpError(endpoint, call, parameters);
        errorFormat = endpoint.heedsAccept() ? httpErrorFormat : ErrorFormat.of(endpoint, call, parameters);
    }

    /** Notes where the call comes from, and where its tokens are redeemed. */
    void setOrigin(Origin from, String rights) {
        origin = from;
        rightsUrl = rights;
    }

    /** The environment that was called, and the client's address. */
    public Origin origin() {
        return origin;
    }

    /** Where the tokens of this call are redeemed. */
    public String rightsUrl() {
        return rightsUrl;
    }

    /**
     * Notes the methods of the path, which the answer 405 names in {@code Allow}.
     *
     * @return the refusal of the method
     */
    public TokenException refuseMethod(List<String> methods, String details) {
        allowed = methods;
        return TokenException.of(ErrorCode.METHOD_NOT_ALLOWED, details);
    }

    /** The methods that the refused call might have used; empty if it was not refused for its method. */
    List<String> allowed() {
        return allowed;
    }

    /** Notes why the call was refused. */
    void setRefusal(ErrorCode code) {
        refusal = code;
        if (!code.isDocumented()) {
            errorFormat = httpErrorFormat;
        }
    }

    /** Why the call was refused; empty if it was not. */
    Optional<ErrorCode> refusal() {
        return Optional.ofNullable(refusal);
    }

    ErrorFormat errorFormat() {
        return errorFormat;
    }

    /** Nothing that may be secret. */
    @Override
    public String toString() {
        return call.toString();
    }
}
