package io.playgrant.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request for a token in JSON: one that every profile accepts, until something about it is changed. */
public final class SampleMessage {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> parameters;

    private SampleMessage(Map<String, Object> parameters) {
        this.parameters = parameters;
    }

    /** Of the key {@code ^film}. */
    public static SampleMessage of(String contentKey) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("kid", "^film");
        parameters.put("contentKey", contentKey);
        parameters.put("securityLevel", 1);
        parameters.put("hdcpOutputControl", 0);
        return new SampleMessage(parameters);
    }

    /** Another one, with this parameter. */
    public SampleMessage with(String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(parameters);
        changed.put(name, value);
        return new SampleMessage(changed);
    }

    public SampleMessage without(String name) {
        Map<String, Object> changed = new LinkedHashMap<>(parameters);
        changed.remove(name);
        return new SampleMessage(changed);
    }

    public SampleMessage withAuthenticator(String authenticator) {
        return with("customerAuthenticator", authenticator);
    }

    /** The message, or the line of a stream. */
    public String json(String id) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", id);
        message.put("parameters", parameters);
        return write(message);
    }

    /** Its parameters alone. */
    public String parameters() {
        return write(parameters);
    }

    private static String write(Map<String, Object> object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
