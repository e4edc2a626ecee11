package io.playgrant.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a message that is not one, without the message, which may hold secrets.
 *
 * @param id the message's id, null if none could be read
 * @param reason what is wrong with it
 * @param place where it stood, by the queue's own names
 */
public record DeadLetter(@Nullable String id, String reason, Map<String, Object> place) {

    private static final JsonFactory JSON = new JsonFactory();

    /** The letter as a JSON object in UTF-8: {@code id}, {@code reason}, and where the message stood. */
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
            throw new UncheckedIOException("Nothing is written to", e);
        }
        return out.toByteArray();
    }
}
