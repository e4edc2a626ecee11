package io.playgrant.route.stream;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.Issuance;
import io.playgrant.route.exchange.ItemRoute;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.exchange.Source;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.route.http.AdmittedCall;
import io.playgrant.route.http.Endpoint;
import io.playgrant.token.Parameter;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenRequest;
import java.time.Duration;
import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/** {@code POST /hms/wv/tokens}: many tokens, one for each line (protocol section 5). */
public final class StreamEndpoint {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** Lines bring all other parameters. */
    private static final List<String> OF_THE_STREAM = List.of("customerAuthenticator", "errorFormat");

    private static final Endpoint ENDPOINT = Endpoint.at("/hms/wv/tokens", Source.HTTP.label())
            .methods("POST")
            .content(Endpoint.Content.LINES)
            .readBy(StreamEndpoint::read);

    private final Duration longestSilence;

    public StreamEndpoint() {
        this(LineStream.LONGEST_SILENCE);
    }

    /**
     * The endpoint with another limit.
     *
     * @param longestSilence how long nothing may come or go on a stream until it is cut off
     */
    public StreamEndpoint(Duration longestSilence) {
        this.longestSilence = longestSilence;
    }

    /** Declares the endpoint, and binds its steps. */
    public void bind(StepRegistry steps) {
        ENDPOINT.bind(steps);
        steps.processor("open-stream", StreamEndpoint::openStream);
        steps.processor("answer-lines", new AnswerLines(new ItemRoute(steps.context()), longestSilence));
    }

    private static Issuance read(AdmittedCall call) {
        Parameters own = new Parameters();
        for (String name : OF_THE_STREAM) {
            copy(call.parameters().get(name), own);
        }
        return Issuance.overHttp(call.id(), call.origin(), call.rightsUrl(), TokenRequest.of(own));
    }

    private static void copy(Parameter parameter, Parameters target) {
        parameter.values().forEach(value -> target.add(parameter.name(), value));
        if (parameter.malformed()) {
            target.addMalformed(parameter.name());
        }
    }

    /** Takes a place among the streams for a call that was let in, if one is free for its account. */
    private static void openStream(Exchange exchange) {
        long account =
                RequestContext.of(exchange, Issuance.class).caller().account().number();
        if (!AdmittedCall.of(exchange).slot().becomeStream(account)) {
            throw TokenException.of(ErrorCode.SERVICE_UNAVAILABLE, "too many streams are open, try again later")
                    .retryAfter(RETRY_AFTER);
        }
    }

    /** Answers the lines while they come. The exchange goes on when the last is answered; no thread waits for it. */
    private static final class AnswerLines extends AsyncProcessorSupport {

        private final ItemRoute route;
        private final Duration longestSilence;

        private AnswerLines(ItemRoute route, Duration longestSilence) {
            this.route = route;
            this.longestSilence = longestSilence;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            try {
                LineStream.start(
                        AdmittedCall.of(exchange),
                        new LineIssuer(RequestContext.of(exchange, Issuance.class), route),
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
}
