package io.playgrant.route.http;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.FailureTrace;
import io.playgrant.observe.RequestMeters;
import io.playgrant.route.http.Admission.RequestSlot;
import io.playgrant.route.http.connection.LastAnswer;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a request, has the route answer it if there is a place for it, and writes the answer, all on the event loop.
 *
 * <p>Camel's own consumer puts headers, query and form into one map of message headers, which it returns in the answer.
 */
public class HttpCallConsumer extends VertxPlatformHttpConsumer {

    private static final CharSequence CACHE_CONTROL = HttpHeaders.createOptimized("Cache-Control");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");

    private static final Logger LOG = LoggerFactory.getLogger(HttpCallConsumer.class);

    private final Endpoint declaration;
    private final Admission admission;
    private final Overload overload;
    private final TrustedProxies proxies;
    private final RequestMeters meters;
    private final @Nullable Cors cors;

    HttpCallConsumer(
            PlatformHttpEndpoint endpoint,
            Processor processor,
            List<Handler<RoutingContext>> handlers,
            Endpoint declaration,
            HttpServerContext server) {
        super(endpoint, processor, handlers, HttpServers.ROUTER);
        this.declaration = declaration;
        this.admission = server.admission();
        this.overload = server.overload();
        this.proxies = server.proxies();
        this.meters = server.meters().apply(declaration.source());
        this.cors = declaration.cors();
    }

    @Override
    protected void handleRequest(RoutingContext context) {
        if (cors != null) {
            cors.allow(context.request(), context.response());
        }
        if (isSuspended()) {
            context.response().setStatusCode(503).end();
            return;
        }
        if (LastAnswer.precedes(context.request())) {
            return;
        }
        RequestSlot slot = admission.arrive();
        String id = newRequestId();
        context.response()
                .putHeader(CACHE_CONTROL, NO_STORE)
                .putHeader(CONTENT_TYPE_OPTIONS, NO_SNIFF)
                .putHeader(REQUEST_ID, id);
        receive(id, context, slot);
    }

    /** Reads the body, then has the request handled. */
    void receive(String id, RoutingContext context, RequestSlot slot) {
        if ("100-continue".equalsIgnoreCase(context.request().getHeader(HttpHeaders.EXPECT))) {
            context.response().writeContinue();
        }
        BodyReader.read(context.request(), declaration.largestBody(), (body, isComplete) -> {
            try {
                if (!isComplete) {
                    endConnectionAfter(context);
                }
                handle(context, slot, call(id, context, body));
            } catch (RuntimeException e) {
                context.fail(e);
                end(slot, context);
            }
        });
    }

    private void handle(RoutingContext context, RequestSlot slot, HttpCall call) {
        if (context.response().closed()) {
            // The client has closed the connection.
            end(slot, context);
        } else if (cors != null && isPreflight(call)) {
            announceIfClosing(context);
            cors.answerPreflight(declaration.methods(), context.response());
            end(slot, context);
        } else if (slot.admit(declaration.isWithinHalfOfThePlaces())) {
            serve(new AdmittedCall(declaration, call, slot, context));
        } else {
            refuse(call, slot, context);
        }
    }

    /** A body whose end is uncertain must be refused, whatever the method. */
    private static boolean isPreflight(HttpCall call) {
        return call.method().equals("OPTIONS") && call.body().state() != HttpCall.Body.State.MALFORMED;
    }

    /** Has the route answer a call. It runs on the event loop, and no thread waits for the end of a step that hops to a worker. */
    final void serve(AdmittedCall admitted) {
        ContextInternal loop = (ContextInternal) admitted.context().vertx().getOrCreateContext();
        Exchange exchange = createExchange(false);
        exchange.setPattern(ExchangePattern.InOut);
        admitted.begin(exchange);
        try {
            createUoW(exchange);
        } catch (Exception e) {
            exchange.setException(e);
            answer(exchange, admitted);
            return;
        }
        getAsyncProcessor().process(exchange, sync -> {
            if (loop.inThread()) {
                answer(exchange, admitted);
            } else {
                loop.runOnContext(on -> answer(exchange, admitted));
            }
        });
    }

    /** Writes the answer of the route, unless it has done so itself or the client has gone. */
    private void answer(Exchange exchange, AdmittedCall admitted) {
        HttpServerResponse response = admitted.context().response();
        try {
            if (!response.headWritten() && !response.closed()) {
                announceIfClosing(admitted.context());
                prepareAnswer(admitted.context());
                HttpAnswer.write(exchange, response, getEndpoint().getHeaderFilterStrategy());
            }
        } catch (RuntimeException e) {
            exchange.setException(e);
            admitted.context().fail(e);
        } finally {
            finish(exchange, admitted);
        }
    }

    /** Called before an answer is written. */
    void prepareAnswer(RoutingContext context) {}

    /** Refuses a request for which no place is free. */
    final void refuse(HttpCall call, RequestSlot slot, RoutingContext context) {
        meters.refused(overload.code());
        announceIfClosing(context);
        overload.refuse(call, declaration, context.response());
        end(slot, context);
    }

    /** The declaration of the endpoint. */
    final Endpoint declaration() {
        return declaration;
    }

    private void finish(Exchange exchange, AdmittedCall call) {
        try {
            if (!call.slot().isStream()) {
                // A stream's lines are counted instead.
                count(exchange, call);
                meters.took(call.slot().nanos());
            }
            doneUoW(exchange);
            releaseExchange(exchange, false);
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
    final void announceIfClosing(RoutingContext context) {
        if (admission.isClosing() && context.request().version() != HttpVersion.HTTP_2) {
            LastAnswer.announce(context.request());
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
            LastAnswer.announce(request);
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
                orEmpty(request.getHeader(HttpHeaders.CONTENT_TYPE)),
                String.join(",", all(request, HttpHeaders.ACCEPT)),
                all(request, HttpHeaders.AUTHORIZATION),
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
                request.connection().isSsl() ? "https" : "http", authority(request), address(request.connection()));
    }

    /** Most requests have none, for which Netty would make a list. */
    private static List<String> all(HttpServerRequest request, CharSequence header) {
        return request.headers().contains(header) ? request.headers().getAll(header) : List.of();
    }

    /** Empty if it is missing, malformed or there are two of it: the host chooses the environment (RFC 9112 section 3.2). */
    private static String authority(HttpServerRequest request) {
        if (request.headers().getAll(HttpHeaders.HOST).size() > 1) {
            return "";
        }
        // Without an argument it would be the router's, which leaves out the port that is the default of the
        // connection's scheme.
        HostAndPort authority = request.uri().startsWith("/") ? request.authority(false) : Hosts.ofTarget(request);
        return authority == null ? "" : Hosts.authority(authority);
    }

    /** The socket's address; Vert.x would format it as text for each request. */
    private static @Nullable InetAddress address(HttpConnection connection) {
        return connection instanceof ConnectionBase base
                        && base.channel().remoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress()
                : null;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Not a secret, so that the fast generator will do. */
    private static String newRequestId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
