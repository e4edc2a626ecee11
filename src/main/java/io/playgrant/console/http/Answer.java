package io.playgrant.console.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param contentType the content type; empty if there is no body
 * @param body the body
 * @param headers other headers. The edge adds those that protect browsers; of these, an answer can only replace {@code Cache-Control}
 */
public record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int SEE_OTHER = 303;

    /** A page. */
    public static Answer html(String page) {
        return text(OK, "text/html; charset=utf-8", page);
    }

    /** A value as JSON. */
    public static Answer json(Object value) {
        try {
            return new Answer(OK, "application/json", JSON.writeValueAsBytes(value), Map.of());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Text of a type. */
    static Answer text(int status, String contentType, String text) {
        return new Answer(status, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /**
     * Sends the browser to another page, which it gets with GET.
     *
     * @param path a path on this server
     * @throws IllegalArgumentException if it could lead elsewhere
     */
    public static Answer redirect(String path) {
        if (!LocalPath.isLocal(path)) {
            throw new IllegalArgumentException("not a path on this server");
        }
        return new Answer(SEE_OTHER, "", new byte[0], Map.of("Location", path));
    }

    /** No content. */
    public static Answer empty() {
        return new Answer(NO_CONTENT, "", new byte[0], Map.of());
    }

    /** The same with a header. */
    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, more);
    }

    /** The same with another status. */
    public Answer withStatus(int other) {
        return new Answer(other, contentType, body, headers);
    }

    /** Without the body, which may have secrets. */
    @Override
    public String toString() {
        return status + " " + contentType;
    }
}
