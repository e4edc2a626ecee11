package io.playgrant.console.http;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Errors as pages, and as problems of RFC 9457. */
final class ErrorAnswers {

    private static final String TEMPLATE = "/console/error.html";

    private final Template template;

    ErrorAnswers() {
        try (InputStream in = Objects.requireNonNull(ErrorAnswers.class.getResourceAsStream(TEMPLATE), TEMPLATE);
                InputStreamReader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            template = Mustache.compiler().compile(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer of(ConsoleException refusal, boolean isApi, String requestId) {
        Answer answer = isApi ? problem(refusal, requestId) : page(refusal, requestId);
        for (Map.Entry<String, String> header : refusal.headers().entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer.withStatus(refusal.status());
    }

    private static Answer problem(ConsoleException refusal, String requestId) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("title", refusal.title());
        members.put("status", refusal.status());
        if (!refusal.detail().isEmpty()) {
            members.put("detail", refusal.detail());
        }
        members.put("requestId", requestId);
        Answer json = Answer.json(members);
        return new Answer(json.status(), "application/problem+json", json.body(), Map.of());
    }

    private Answer page(ConsoleException refusal, String requestId) {
        return Answer.html(template.execute(Map.of(
                "status", refusal.status(),
                "title", refusal.title(),
                "detail", refusal.detail(),
                "requestId", requestId)));
    }
}
