package io.playgrant.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.playgrant.batch.Item;
import io.playgrant.token.Parameters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes requests as JSON lines, without their authenticator, which is sent in a header. */
final class RequestLines {

    static final String AUTHENTICATOR = "customerAuthenticator";

    private static final JsonFactory JSON = new JsonFactory();

    private RequestLines() {}

    static byte[] of(List<Item> items) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(lines)) {
            json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            for (Item item : items) {
                json.writeStartObject();
                json.writeStringField("id", item.id());
                json.writeObjectFieldStart("parameters");
                writeParameters(json, item.parameters());
                json.writeEndObject();
                json.writeEndObject();
            }
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return lines.toByteArray();
    }

    private static void writeParameters(JsonGenerator json, Parameters parameters) throws IOException {
        for (String name : parameters.names()) {
            if (!name.equals(AUTHENTICATOR)) {
                // A repeated member is a repeated parameter: the server decides which may be repeated.
                for (String value : parameters.get(name).values()) {
                    json.writeStringField(name, value);
                }
            }
        }
    }
}
