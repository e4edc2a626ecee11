package io.playgrant.route.stream;

import io.playgrant.route.http.HttpCallConsumer;
import java.time.Duration;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/** Step {@code answer-lines}: starts a {@link LineStream}. The exchange goes on when it has ended. */
public final class AnswerLines extends AsyncProcessorSupport {

    private static final String LINE_ROUTE = "direct:stream-line";

    private final Duration longestSilence;

    public AnswerLines() {
        this(LineStream.LONGEST_SILENCE);
    }

    public AnswerLines(Duration longestSilence) {
        this.longestSilence = longestSilence;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            AsyncProcessor route = exchange.getContext().getEndpoint(LINE_ROUTE).createAsyncProducer();
            LineStream.start(
                    HttpCallConsumer.admitted(exchange),
                    new LineIssuer(exchange, route),
                    longestSilence,
                    () -> callback.done(false));
            return false;
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
    }
}
