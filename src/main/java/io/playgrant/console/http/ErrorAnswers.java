package io.playgrant.console.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refusals as pages, and as problems of RFC 9457. */
final class ErrorAnswers {

    private final ErrorPages pages;

    ErrorAnswers(ErrorPages pages) {
        this.pages = pages;
    }

    /**
     * The answer to a refused request.
     *
     * @param isApi whether it is for the admin API
     * @param call the request; null if it was refused before its operator was known
     */
    Answer of(ConsoleException refusal, boolean isApi, String requestId, @Nullable ConsoleCall call) {
        Answer answer = isApi ? problem(refusal, requestId) : Answer.html(pages.page(refusal, requestId, call));
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
        return new Answer(
                refusal.status(),
                "application/problem+json",
                Answer.json(members).body(),
                Map.of());
    }
}
