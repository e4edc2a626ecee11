package io.playgrant.route.http;

import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.exchange.StepRegistry;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;

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
    private final List<String> methods;
    private final Content content;
    private final Predicate<String> jsonErrors;
    private final Function<AdmittedCall, ? extends RequestContext> reader;

    private Endpoint(
            String path,
            String source,
            List<String> methods,
            Content content,
            Predicate<String> jsonErrors,
            Function<AdmittedCall, ? extends RequestContext> reader) {
        this.path = path;
        this.source = source;
        this.methods = methods;
        this.content = content;
        this.jsonErrors = jsonErrors;
        this.reader = reader;
    }

    /** What is done with the body of a request before the route's steps. */
    public enum Content {
        /** Nothing: the steps may read it. */
        ANY,
        /** The form of a POST adds its parameters to those of the query. */
        FORM,
        /** JSON lines are left to the steps, which read them while they come. */
        LINES
    }

    /**
     * An endpoint for all methods, whose errors are html unless the request asks for json.
     *
     * @param path as in the route's {@code platform-http:}
     * @param source the name in metrics and log
     */
    public static Endpoint at(String path, String source) {
        return new Endpoint(path, source, List.of(), Content.ANY, any -> false, call -> {
            throw new IllegalStateException("the endpoint " + path + " does not say what reads its calls");
        });
    }

    /** The same, but all methods other than these are answered 405 with {@code Allow}. */
    public Endpoint methods(String... allowed) {
        return new Endpoint(path, source, List.of(allowed), content, jsonErrors, reader);
    }

    /** The same, with bodies of this kind. */
    public Endpoint content(Content kind) {
        return new Endpoint(path, source, methods, kind, jsonErrors, reader);
    }

    /** The same, with all its errors as json. */
    public Endpoint withJsonErrors() {
        return withJsonErrors(any -> true);
    }

    /** The same, with errors as json for some of the paths that it is asked for. */
    Endpoint withJsonErrors(Predicate<String> paths) {
        return new Endpoint(path, source, methods, content, paths, reader);
    }

    /**
     * The same, with what makes a request of a call.
     *
     * @param reading must not fail for anything but a {@link io.playgrant.error.TokenException}
     */
    public Endpoint readBy(Function<AdmittedCall, ? extends RequestContext> reading) {
        return new Endpoint(path, source, methods, content, jsonErrors, reading);
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
