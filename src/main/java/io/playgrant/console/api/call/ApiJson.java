package io.playgrant.console.api.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.console.http.Answer;
import java.util.Map;

/** Writes the JSON of the admin API. */
public final class ApiJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;

    private ApiJson() {}

    /** A value as JSON in UTF-8. */
    public static byte[] write(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An answer with a value. */
    public static Answer ok(Object value) {
        return answer(OK, "application/json", value);
    }

    /** An answer with a value. */
    static Answer answer(int status, String type, Object value) {
        return new Answer(status, type, write(value), Map.of());
    }
}
