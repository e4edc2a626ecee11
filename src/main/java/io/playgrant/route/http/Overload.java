package io.playgrant.route.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.ErrorMessage;
import io.playgrant.error.ErrorPage;
import io.playgrant.error.TokenException;
import io.playgrant.observe.RequestMeters;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.route.exchange.RefusalLog;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** Answers 503 on the event loop, without a worker and without the routes, in the form that the routes would give it. */
final class Overload {

    private final TokenException refusal = TokenException.of(
                    ErrorCode.SERVICE_UNAVAILABLE, "too many requests are waiting, try again later")
            .retryAfter(Duration.ofSeconds(1));

    private final RefusalLog log;
    private final RequestMeters meters;
    private final Buffer html;
    private final Buffer json;

    Overload(RefusalLog log, RequestMeters meters) {
        this.log = log;
        this.meters = meters;
        ErrorMessage message = ErrorMessage.of(refusal);
        html = Buffer.buffer(new ErrorPage().render(message));
        try {
            json = Buffer.buffer(new ObjectMapper().writeValueAsBytes(message));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refuses a call; the headers that every answer has are already there. */
    void refuse(HttpCall call, HttpServerResponse response) {
        meters.refused(refusal.code());
        log.add(refusal, call.id(), FlowProperties.HTTP, Optional.empty());
        boolean asJson = ErrorFormat.ofHttpError(call, ReadCall.query(call)).equals(ErrorFormat.JSON);
        response.setStatusCode(refusal.status())
                .putHeader(
                        "Retry-After",
                        DescribeError.wholeSeconds(refusal.retryAfter().orElseThrow()))
                .putHeader("Content-Type", asJson ? "application/json" : "text/html; charset=utf-8");
        if (call.method().equals("HEAD")) {
            response.putHeader("Content-Length", "0").end();
        } else {
            response.end(asJson ? json : html);
        }
    }
}
