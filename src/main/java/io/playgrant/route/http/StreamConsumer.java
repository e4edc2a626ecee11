package io.playgrant.route.http;

import io.playgrant.route.http.Admission.RequestSlot;
import io.playgrant.route.http.connection.Framing;
import io.playgrant.route.http.connection.LastAnswer;
import io.playgrant.route.http.connection.LingeringClose;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;

/**
 * Hands a request to its route before the body is read. The route may refuse it, or read the body and write the answer itself; no thread
 * waits for the end.
 */
final class StreamConsumer extends HttpCallConsumer {

    /** HTTP/2: the answer is complete, the rest of the request need not be sent (RFC 9113 section 8.1). */
    private static final long NO_ERROR = 0;

    StreamConsumer(
            PlatformHttpEndpoint endpoint,
            Processor processor,
            List<Handler<RoutingContext>> handlers,
            Endpoint declaration,
            HttpServerContext server) {
        super(endpoint, processor, handlers, declaration, server);
    }

    @Override
    void receive(String id, RoutingContext context, RequestSlot slot) {
        HttpServerRequest request = context.request();
        request.pause();
        context.addHeadersEndHandler(written -> announceIfClosing(context));
        HttpCall call = call(id, context, body(request));
        if (slot.admit(declaration().isWithinHalfOfThePlaces())) {
            serve(new AdmittedCall(declaration(), call, slot, context));
        } else {
            endWithoutBody(context);
            refuse(call, slot, context);
        }
    }

    /** Without chunks, as in HTTP/1.0, a client could not see where an answer was cut off. */
    private static HttpCall.Body body(HttpServerRequest request) {
        return Framing.isCertain(request) && request.version() != HttpVersion.HTTP_1_0
                ? HttpCall.Body.UNREAD
                : HttpCall.Body.MALFORMED;
    }

    @Override
    void prepareAnswer(RoutingContext context) {
        endWithoutBody(context);
    }

    /** Ends the connection with the answer, since the rest of the body is not read. */
    private static void endWithoutBody(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.version() == HttpVersion.HTTP_2) {
            context.addEndHandler(ended -> {
                if (!request.isEnded()) {
                    context.vertx().runOnContext(later -> context.response().reset(NO_ERROR));
                }
            });
        } else if (hasBody(request)) {
            LastAnswer.announce(request);
            context.addEndHandler(ended -> LingeringClose.of(request));
        } else {
            request.resume();
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") != null || (length != null && !length.equals("0"));
    }
}
