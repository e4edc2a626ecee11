package io.playgrant.route.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.ErrorMessage;
import io.playgrant.error.ErrorPage;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.token.Parameters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** Answers 503 on the event loop, without a worker and without a route, in the form that the route would give it. */
final class Overload {

    private final TokenException refusal = TokenException.of(
                    ErrorCode.SERVICE_UNAVAILABLE, "too many requests are waiting, try again later")
            .retryAfter(Duration.ofSeconds(1));

    private final RefusalLog log;
    private final Buffer html;
    private final Buffer json;

    Overload(RefusalLog log) {
        this.log = log;
        ErrorMessage message = ErrorMessage.of(refusal);
        html = Buffer.buffer(new ErrorPage().render(message));
        try {
            json = Buffer.buffer(new ObjectMapper().writeValueAsBytes(message));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refuses a call; the headers that every answer has are already there. */
    void refuse(HttpCall call, Endpoint endpoint, HttpServerResponse response) {
        log.add(refusal, call.id(), endpoint.source(), Optional.empty());
        boolean asJson = isJson(call, endpoint);
        response.setStatusCode(refusal.status())
                .putHeader(
                        "Retry-After",
                        ErrorSteps.wholeSeconds(refusal.retryAfter().orElseThrow()))
                .putHeader("Content-Type", asJson ? "application/json" : "text/html; charset=utf-8");
        HttpAnswer.end(response, call, asJson ? json : html);
    }

    private static boolean isJson(HttpCall call, Endpoint endpoint) {
        Parameters query = new Parameters();
        EndpointSteps.decodeQuery(call, query);
        return ErrorFormat.ofHttpError(endpoint, call, query) == ErrorFormat.JSON;
    }

    /** Why calls are refused. */
    ErrorCode code() {
        return refusal.code();
    }
}
