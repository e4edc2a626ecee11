package io.playgrant.route.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * The last thing that happens to an answer: its body becomes bytes, which Camel's server writes at once and with their length. An answer to
 * HEAD has no content (RFC 9110 section 9.3.2), which the HTTP/2 server leaves to us.
 */
final class AnswerBody extends DelegateAsyncProcessor {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    AnswerBody(Processor route) {
        super(route);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        return super.process(exchange, doneSync -> {
            if (exchange.getException() == null && !isStreamed(exchange)) {
                write(exchange);
            }
            callback.done(doneSync);
        });
    }

    /** The answer to a stream was written while its lines came. */
    private static boolean isStreamed(Exchange exchange) {
        return AdmittedCall.of(exchange).slot().isStream();
    }

    private static void write(Exchange exchange) {
        Message message = exchange.getMessage();
        Object body = message.getBody();
        if (body == null || AdmittedCall.of(exchange).method().equals("HEAD")) {
            message.setBody(NOTHING.duplicate());
        } else if (body instanceof String text) {
            message.setBody(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } else {
            writeConverted(exchange, message);
        }
    }

    private static void writeConverted(Exchange exchange, Message message) {
        ByteBuffer bytes = message.getBody(ByteBuffer.class);
        if (bytes == null) {
            exchange.setException(
                    new IllegalStateException("the route " + exchange.getFromRouteId() + " wrote no answer"));
        }
        message.setBody(bytes);
    }
}
