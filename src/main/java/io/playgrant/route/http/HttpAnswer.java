package io.playgrant.route.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.ByteBuffer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.HeaderFilterStrategy;

/** Writes the answer of a route: status, the headers that may be sent, and the body with its length. */
final class HttpAnswer {

    private static final Buffer NOTHING = Buffer.buffer();

    private HttpAnswer() {}

    /** Writes the answer of an exchange. A failure that no route has made an error of is answered with an empty 500. */
    static void write(Exchange exchange, HttpServerResponse response, HeaderFilterStrategy headers) {
        Buffer body = exchange.getException() == null ? body(exchange) : NOTHING;
        if (exchange.getException() != null) {
            response.setStatusCode(500).end(NOTHING);
            return;
        }
        Message message = exchange.getMessage();
        Object status = message.getHeader(Exchange.HTTP_RESPONSE_CODE);
        response.setStatusCode(status instanceof Integer code ? code : 200);
        message.getHeaders().forEach((name, value) -> {
            if (!headers.applyFilterToCamelHeaders(name, value, exchange)) {
                response.putHeader(name, value.toString());
            }
        });
        end(response, AdmittedCall.of(exchange).call(), body);
    }

    /** Ends an answer with its body. One to HEAD has only the length of the body that GET would have (RFC 9110 section 9.3.2). */
    static void end(HttpServerResponse response, HttpCall call, Buffer body) {
        if (call.method().equals("HEAD")) {
            response.putHeader("Content-Length", Integer.toString(body.length()))
                    .end();
        } else {
            response.end(body);
        }
    }

    private static Buffer body(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body == null) {
            return NOTHING;
        }
        if (body instanceof String text) {
            return Buffer.buffer(text);
        }
        ByteBuffer bytes = exchange.getMessage().getBody(ByteBuffer.class);
        if (bytes == null) {
            exchange.setException(
                    new IllegalStateException("the route " + exchange.getFromRouteId() + " wrote no answer"));
            return NOTHING;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return Buffer.buffer(copy);
    }
}
