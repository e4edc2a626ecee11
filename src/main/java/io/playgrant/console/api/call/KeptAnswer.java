package io.playgrant.console.api.call;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.console.http.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The form in which an answer is kept. */
final class KeptAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private KeptAnswer() {}

    static byte[] write(Answer answer) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("status", answer.status());
        members.put("type", answer.contentType());
        members.put("headers", answer.headers());
        members.put("body", answer.body());
        return ApiJson.write(members);
    }

    static Answer read(byte[] kept) {
        try {
            Form form = JSON.readValue(kept, new TypeReference<>() {});
            return new Answer(form.status, form.type, form.body, form.headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Form(int status, String type, Map<String, String> headers, byte[] body) {}
}
