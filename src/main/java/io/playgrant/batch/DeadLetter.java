package io.playgrant.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report about a malformed message, without the message itself, which may contain secrets.
 *
 * @param id the id of the message, null if none could be read
 * @param reason why it is malformed
 * @param place the position of the message, in the terms of its queue
 */
public record DeadLetter(@Nullable String id, String reason, Map<String, Object> place) {

    private static final JsonFactory JSON = new JsonFactory();

    /** The dead letter as a JSON object in UTF-8: {@code id}, {@code reason}, and the position of the message. */
    public byte[] write() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            if (id != null) {
                json.writeStringField("id", id);
            }
            json.writeStringField("reason", reason);
            for (Map.Entry<String, Object> part : place.entrySet()) {
                json.writeFieldName(part.getKey());
                json.writeObject(part.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return out.toByteArray();
    }
}
