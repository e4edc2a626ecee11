package io.playgrant.route.http;

import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.exchange.StepRegistry;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP endpoint, declared once beside its steps: all that the server must know of it before its route begins.
 *
 * <p>A new endpoint is such a declaration, its steps, and a file in {@code routes/} that consumes {@code platform-http:} with the same path
 * and whose first step is {@code read-call}. From the declaration come the reading of the call, 405 with {@code Allow}, the form of errors,
 * the meters and the source in the log; the answer's body is written with its length.
 */
public final class Endpoint {

    private final String path;
    private final String source;
    private List<String> methods = List.of();
    private Content content = Content.ANY;
    private int largestBody = HttpCall.LARGEST_BODY;
    private List<String> headerParameters = List.of();
    private Predicate<String> jsonErrors = any -> false;
    private boolean heedsAccept;
    private String authentication = "Basic realm=\"playgrant\"";
    private @Nullable Cors cors;
    private boolean withinHalf;
    private Function<AdmittedCall, ? extends RequestContext> reader;

    private Endpoint(String path, String source) {
        this.path = path;
        this.source = source;
        this.reader = call -> {
            throw new IllegalStateException("the endpoint " + path + " does not say what reads its calls");
        };
    }

    /** What is done with the body of a request before the route's steps. */
    public enum Content {
        /** Nothing: the steps may read it. */
        ANY,
        /** The form of a POST adds its parameters to those of the query. */
        FORM,
        /** JSON lines are left to the steps, which read them while they come. */
        LINES,
        /** Bytes of any type are left to the steps. */
        BYTES
    }

    /**
     * An endpoint for all methods, whose errors are html unless the request asks for json. The following methods change this declaration,
     * before it is {@linkplain #bind bound}.
     *
     * @param path as in the route's {@code platform-http:}
     * @param source the name in metrics and log
     */
    public static Endpoint at(String path, String source) {
        return new Endpoint(path, source);
    }

    /** Lets all methods other than these be answered 405 with {@code Allow}. */
    public Endpoint methods(String... allowed) {
        methods = List.of(allowed);
        return this;
    }

    /** Sets the kind of its bodies. */
    public Endpoint content(Content kind) {
        content = kind;
        return this;
    }

    /** Sets the size of the largest body, in bytes. */
    public Endpoint largestBody(int bytes) {
        largestBody = bytes;
        return this;
    }

    /** Reads headers as if they were parameters of the query. */
    public Endpoint headerParameters(String... names) {
        headerParameters = List.of(names);
        return this;
    }

    /** Writes all its errors as json. */
    public Endpoint withJsonErrors() {
        return withJsonErrors(any -> true);
    }

    /** Writes errors as json for some of the paths that it is asked for. */
    Endpoint withJsonErrors(Predicate<String> paths) {
        jsonErrors = paths;
        return this;
    }

    /** Writes errors as json also if {@code Accept} names json, whether the protocol has a number for them or not. */
    public Endpoint withErrorsByAccept() {
        heedsAccept = true;
        return this;
    }

    /** Sets the {@code WWW-Authenticate} of its answers with the status 401. Browsers ask the user for a password if it is Basic. */
    public Endpoint authentication(String challenge) {
        authentication = challenge;
        return this;
    }

    /** Lets pages of other origins use it. */
    public Endpoint cors(Cors rules) {
        cors = rules;
        return this;
    }

    /**
     * Makes it a bulkhead, since its calls wait for another service: calls of such endpoints hold at most half of the places for requests.
     * Further calls are refused at once with 503 and {@code Retry-After}.
     */
    public Endpoint withinHalfOfThePlaces() {
        withinHalf = true;
        return this;
    }

    /**
     * Sets the function that makes a request of a call.
     *
     * @param reading must not fail for anything but a {@link io.playgrant.error.TokenException}
     */
    public Endpoint readBy(Function<AdmittedCall, ? extends RequestContext> reading) {
        reader = reading;
        return this;
    }

    /** Declares the endpoint. */
    public void bind(StepRegistry steps) {
        steps.bean("endpoint:" + path, this);
    }

    /** Whether an endpoint was declared for a path. */
    public static boolean isDeclared(CamelContext context, String path) {
        return context.getRegistry().lookupByName("endpoint:" + path) != null;
    }

    /** The endpoint that was declared for a path. */
    static Endpoint of(CamelContext context, String path) {
        Endpoint found = context.getRegistry().lookupByNameAndType("endpoint:" + path, Endpoint.class);
        if (found == null) {
            throw new IllegalStateException("No Endpoint is declared for platform-http:" + path);
        }
        return found;
    }

    /** All endpoints that were declared. */
    static Collection<Endpoint> all(CamelContext context) {
        return context.getRegistry().findByType(Endpoint.class);
    }

    String path() {
        return path;
    }

    /** The name in metrics and log. */
    public String source() {
        return source;
    }

    List<String> methods() {
        return methods;
    }

    Content content() {
        return content;
    }

    int largestBody() {
        return largestBody;
    }

    List<String> headerParameters() {
        return headerParameters;
    }

    /** Whether {@code Accept} decides the form of all errors. */
    boolean heedsAccept() {
        return heedsAccept;
    }

    /** The {@code WWW-Authenticate} of answers with the status 401. */
    String authentication() {
        return authentication;
    }

    /** The rules for pages of other origins; null if they must not use it. */
    @Nullable
    Cors cors() {
        return cors;
    }

    boolean isWithinHalfOfThePlaces() {
        return withinHalf;
    }

    /** Whether all errors of a path are json, whatever the client accepts. */
    boolean hasJsonErrors(String requested) {
        return jsonErrors.test(requested);
    }

    /** Whether a path is this endpoint's, but for a slash at its end, or stands below it. */
    boolean covers(String requested) {
        String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return requested.equals(base)
                || (path.endsWith("/") ? requested.startsWith(path) : requested.equals(path + "/"));
    }

    RequestContext read(AdmittedCall call) {
        return reader.apply(call);
    }
}
