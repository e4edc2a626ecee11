package io.playgrant.bench.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.error.ErrorMessage;
import io.playgrant.error.ErrorPage;
import io.playgrant.error.TokenException;
import io.playgrant.token.Parameter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.UncheckedIOException;

/** Writes the errors of the hand-written server, as html or json. */
final class ErrorAnswers {

    private static final int UNAUTHORIZED = 401;

    private final ErrorPage page = new ErrorPage();
    private final ObjectMapper json = new ObjectMapper();

    void write(PlainCall call, TokenException refusal) {
        HttpServerResponse response = call.response().setStatusCode(refusal.status());
        if (refusal.status() == UNAUTHORIZED) {
            response.putHeader("WWW-Authenticate", "Basic realm=\"playgrant\"");
        }
        refusal.retryAfter()
                .ifPresent(wait -> response.putHeader("Retry-After", Long.toString(Math.max(1, wait.toSeconds()))));
        ErrorMessage message = ErrorMessage.of(refusal);
        if (wantsJson(call)) {
            response.putHeader("Content-Type", "application/json").end(json(message));
        } else {
            response.putHeader("Content-Type", "text/html; charset=utf-8").end(page.render(message));
        }
    }

    private static boolean wantsJson(PlainCall call) {
        Parameter format = call.parameters.get("errorFormat");
        return format.isSingle() && format.value().equals("json");
    }

    private Buffer json(ErrorMessage message) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(message));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
