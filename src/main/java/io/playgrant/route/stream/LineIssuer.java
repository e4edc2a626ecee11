package io.playgrant.route.stream;

import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.FlowProperties;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

/** Sends the lines of one stream through the route for lines. */
final class LineIssuer {

    private static final int USUAL_RESULT = 384;

    private final Exchange stream;
    private final AsyncProcessor route;

    /**
     * An issuer for one stream.
     *
     * @param stream the exchange of the stream, once its caller was let in
     * @param route takes a {@link Line} and leaves the bytes of its answer
     */
    LineIssuer(Exchange stream, AsyncProcessor route) {
        this.stream = stream;
        this.route = route;
    }

    /**
     * Answers lines, one after the other, on a worker.
     *
     * @param isGone whether nobody is left to take the answers; then those that are left are not answered
     */
    LineAnswers answer(List<Line> lines, BooleanSupplier isGone) throws Exception {
        Buffer results = Buffer.buffer(USUAL_RESULT * lines.size());
        for (int i = 0; i < lines.size() && !isGone.getAsBoolean(); i++) {
            Exchange exchange = answer(lines.get(i));
            if (exchange.getException() instanceof TokenException refusal
                    && refusal.retryAfter().isPresent()) {
                return new LineAnswers(
                        results,
                        lines.subList(i, lines.size()),
                        refusal.retryAfter().get());
            }
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            results.appendBytes(exchange.getMessage().getBody(byte[].class));
        }
        return LineAnswers.complete(results);
    }

    private Exchange answer(Line line) throws Exception {
        Exchange exchange = new DefaultExchange(stream.getContext());
        FlowProperties.beginLine(exchange, stream);
        exchange.getMessage().setBody(line);
        route.process(exchange);
        return exchange;
    }
}
