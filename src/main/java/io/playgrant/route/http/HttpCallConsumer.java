package io.playgrant.route.http;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.FailureTrace;
import io.playgrant.observe.RequestMeters;
import io.playgrant.route.http.Admission.RequestSlot;
import io.playgrant.route.http.connection.Framing;
import io.playgrant.route.http.connection.PipelineLimit;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.apache.camel.spi.ExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a request on the event loop, without a worker, and hands it on as {@link HttpCall} if there is a place for it.
 *
 * <p>Camel's own consumer puts headers, query and form into one map of message headers, which it returns in the answer.
 */
public class HttpCallConsumer extends VertxPlatformHttpConsumer {

    /** How many bytes of a body that is too large are read and discarded, so that its client reads the answer instead of failing to send. */
    private static final int LARGEST_DISCARDED = 4 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(HttpCallConsumer.class);
    private static final String ADMITTED = "playgrant.call";

    private final Endpoint declaration;
    private final Admission admission;
    private final Overload overload;
    private final TrustedProxies proxies;
    private final RequestMeters meters;

    HttpCallConsumer(
            PlatformHttpEndpoint endpoint,
            Processor processor,
            List<Handler<RoutingContext>> handlers,
            String routerName,
            Endpoint declaration,
            HttpServerContext server) {
        super(endpoint, new AnswerBody(processor), handlers, routerName);
        this.declaration = declaration;
        this.admission = server.admission();
        this.overload = server.overload();
        this.proxies = server.proxies();
        this.meters = server.meters().apply(declaration.source());
        // Camel's own handler logs messages, which may quote the request.
        setExceptionHandler(new ClientFailures());
    }

    @Override
    protected void handleRequest(RoutingContext context) {
        PipelineLimit.count(context);
        RequestSlot slot = admission.arrive();
        String id = newRequestId();
        context.response()
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Request-Id", id);
        context.addHeadersEndHandler(written -> announceIfClosing(context));
        receive(id, context, slot);
    }

    /** Reads the body, then has the request handled. */
    void receive(String id, RoutingContext context, RequestSlot slot) {
        if ("100-continue".equalsIgnoreCase(context.request().getHeader("Expect"))) {
            context.response().writeContinue();
        }
        readBody(context.request())
                .otherwise(failure -> Body.MALFORMED)
                .map(body -> {
                    if (body.isUnfinished()) {
                        endConnectionAfter(context);
                    }
                    handle(context, slot, call(id, context, body.content()));
                    return null;
                })
                .onFailure(failure -> {
                    context.fail(failure);
                    end(slot, context);
                });
    }

    private void handle(RoutingContext context, RequestSlot slot, HttpCall call) {
        if (context.response().closed()) {
            // The client has closed the connection.
            end(slot, context);
        } else if (slot.admit()) {
            context.put(ADMITTED, new AdmittedCall(declaration, call, slot, context));
            super.handleRequest(context);
        } else {
            refuse(call, slot, context);
        }
    }

    @Override
    protected Future<Void> processHttpRequest(Exchange exchange, RoutingContext context) {
        AdmittedCall call = context.get(ADMITTED);
        call.begin(exchange);
        return Future.succeededFuture();
    }

    /** Refuses a request for which no place is free. */
    final void refuse(HttpCall call, RequestSlot slot, RoutingContext context) {
        meters.refused(overload.code());
        overload.refuse(call, declaration, context.response());
        end(slot, context);
    }

    /** The declaration of the endpoint. */
    final Endpoint declaration() {
        return declaration;
    }

    /** Called once for each exchange, when its answer has been written or could not be. */
    @Override
    public void doneUoW(Exchange exchange) {
        AdmittedCall call = AdmittedCall.of(exchange);
        try {
            if (!call.slot().isStream()) {
                // A stream's lines are counted instead.
                count(exchange, call);
                meters.took(call.slot().nanos());
            }
            super.doneUoW(exchange);
        } finally {
            end(call.slot(), call.context());
        }
    }

    private void count(Exchange exchange, AdmittedCall call) {
        Exception failure = exchange.getException();
        if (failure != null) {
            meters.refused(ErrorCode.INTERNAL_ERROR);
            // Not logged elsewhere: the route answers and logs all failures but those of its error handling.
            LOG.error(
                    "No error could be made of the failure of {}: {}",
                    call.id(),
                    FailureTrace.withoutMessages(failure));
        } else {
            call.refusal().ifPresentOrElse(meters::refused, meters::succeeded);
        }
    }

    /** Tells the client to send its next request on another connection. */
    private void announceIfClosing(RoutingContext context) {
        if (admission.isClosing() && context.request().version() != HttpVersion.HTTP_2) {
            context.response().putHeader("Connection", "close");
        }
    }

    final void end(RequestSlot slot, RoutingContext context) {
        if (admission.isClosing()) {
            HttpConnection connection = context.request().connection();
            // An HTTP/2 connection may have other open requests, which are completed first.
            Future<Void> closing =
                    context.request().version() == HttpVersion.HTTP_2 ? connection.shutdown() : connection.close();
            closing.onFailure(failure -> LOG.debug("A connection did not close", failure));
        }
        slot.end();
    }

    /** Does not wait for the rest of the body. Over HTTP/2 flow control holds it back, and the connection goes on. */
    private static void endConnectionAfter(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.version() != HttpVersion.HTTP_2) {
            context.response().putHeader("Connection", "close");
            context.addEndHandler(ended -> request.connection().close());
        }
    }

    final HttpCall call(String id, RoutingContext context, HttpCall.Body body) {
        HttpServerRequest request = context.request();
        HttpCall.Body readable = BodyFormat.isEncoded(request.headers()) ? body.encoded() : body;
        if (readable.state() == HttpCall.Body.State.ENCODED) {
            context.addHeadersEndHandler(written -> nameContentCodings(context.response()));
        }
        return new HttpCall(
                id,
                request.method().name(),
                context.normalizedPath(),
                orEmpty(request.query()),
                proxies.client(connection(request), request.headers()),
                orEmpty(request.getHeader("Content-Type")),
                String.join(",", request.headers().getAll("Accept")),
                request.headers().getAll("Authorization"),
                readable);
    }

    /** Tells the client that the content coding is unsupported, not the media type (RFC 9110 section 15.5.16). Camel drops this header of a route. */
    private static void nameContentCodings(HttpServerResponse response) {
        if (response.getStatusCode() == ErrorCode.UNSUPPORTED_MEDIA_TYPE.httpStatus()) {
            response.putHeader("Accept-Encoding", BodyFormat.IDENTITY);
        }
    }

    private static ClientConnection connection(HttpServerRequest request) {
        return new ClientConnection(
                request.connection().isSsl() ? "https" : "http", authority(request), address(request.remoteAddress()));
    }

    /** Empty if it is missing, malformed or there are two of it: the host chooses the environment (RFC 9112 section 3.2). */
    private static String authority(HttpServerRequest request) {
        if (request.headers().getAll("Host").size() > 1) {
            return "";
        }
        // Without an argument it would be the router's, which leaves out the port that is the default of the
        // connection's scheme.
        HostAndPort authority = request.uri().startsWith("/") ? request.authority(false) : Hosts.ofTarget(request);
        return authority == null ? "" : Hosts.authority(authority);
    }

    private static Future<Body> readBody(HttpServerRequest request) {
        if (!Framing.isCertain(request)) {
            return Future.succeededFuture(Body.MALFORMED);
        }
        Promise<Body> done = Promise.promise();
        Body body = new Body();
        request.handler(buffer -> {
            body.add(buffer);
            if (body.length > LARGEST_DISCARDED) {
                request.pause();
                done.tryComplete(body);
            }
        });
        request.exceptionHandler(done::tryFail);
        request.endHandler(end -> {
            body.finish();
            done.tryComplete(body);
        });
        return done.future();
    }

    private static @Nullable InetAddress address(@Nullable SocketAddress remote) {
        try {
            // The address is numeric, so that no name is looked up.
            return remote == null || remote.hostAddress() == null ? null : InetAddress.getByName(remote.hostAddress());
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Not a secret, so that the fast generator will do. */
    private static String newRequestId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** The body as far as it was read; discarded once it is over the limit. */
    private static final class Body {

        static final Body MALFORMED = new Body();

        private final Buffer buffer = Buffer.buffer();
        private int length;
        private boolean finished;

        void add(Buffer part) {
            length += part.length();
            if (length <= HttpCall.LARGEST_BODY) {
                buffer.appendBuffer(part);
            }
        }

        void finish() {
            finished = true;
        }

        boolean isUnfinished() {
            return !finished;
        }

        HttpCall.Body content() {
            if (length > HttpCall.LARGEST_BODY) {
                return HttpCall.Body.TOO_LARGE;
            }
            return finished ? HttpCall.Body.of(buffer.getBytes()) : HttpCall.Body.MALFORMED;
        }
    }

    /** Logs failures to write an answer, which clients cause by closing the connection, at DEBUG. */
    private static final class ClientFailures implements ExceptionHandler {

        @Override
        public void handleException(Throwable failure) {
            LOG.debug("An answer could not be written: {}", failure.getClass().getName());
        }

        @Override
        public void handleException(String message, Throwable failure) {
            handleException(failure);
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable failure) {
            handleException(failure);
        }
    }
}
