package io.playgrant.route.exchange;

import io.playgrant.account.Caller;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.apache.camel.Exchange;

/**
 * A request on its way through the routes: the one object that the steps read and fill.
 *
 * <p>It is the body of its exchange until an answer takes its place, and one property of it at all times: failures, meters and the log
 * find it there, whatever the body is.
 */
public abstract class RequestContext {

    private static final String PROPERTY = "playgrant.request";

    private final String id;
    private final String source;

    /**
     * A request that has just been read.
     *
     * @param id the id that its answer and its line in the log have in common
     * @param source how it came, as metrics and log name it
     */
    protected RequestContext(String id, String source) {
        this.id = id;
        this.source = source;
    }

    /** An id for a request that its transport gave none. Not a secret, so that the fast generator will do. */
    public static String newId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** Makes an exchange that of this request, and this request its body. */
    public final void begin(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
        exchange.getMessage().setBody(this);
    }

    /**
     * The request of an exchange.
     *
     * @throws IllegalStateException if it has none of this type: the route has no step before this one that reads it
     */
    public static <R extends RequestContext> R of(Exchange exchange, Class<R> type) {
        Object request = exchange.getProperty(PROPERTY);
        if (type.isInstance(request)) {
            return type.cast(request);
        }
        throw new IllegalStateException("no step before this one has read a " + type.getSimpleName());
    }

    /** The request of an exchange, once it was read. */
    public static Optional<RequestContext> find(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(PROPERTY, RequestContext.class));
    }

    /** Whether the request of an exchange is of a type and passes a test. Allocates nothing: every decision of a route asks. */
    static <R extends RequestContext> boolean matches(Exchange exchange, Class<R> type, Predicate<R> test) {
        Object request = exchange.getProperty(PROPERTY);
        return type.isInstance(request) && test.test(type.cast(request));
    }

    /** The id that the answer and the line in the log have in common. */
    public final String id() {
        return id;
    }

    /** How the request came, as metrics and log name it. */
    public final String source() {
        return source;
    }

    /** Who is calling, once that is known. */
    public Optional<Caller> callerIfKnown() {
        return Optional.empty();
    }

    /** The id only: all else may be secret. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + id + "]";
    }
}
