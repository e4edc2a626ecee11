package io.playgrant.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.playgrant.error.ErrorMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes results as JSON in UTF-8, as {@code docs/token-result.schema.json} describes them. */
public final class ResultWriter {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    /** The size of most results, in bytes. */
    private static final int ROOM_FOR_A_RESULT = 512;

    private ResultWriter() {}

    /** The answer to a single request. */
    public static byte[] write(TokenResult result) {
        return bytes(ROOM_FOR_A_RESULT, json -> write(json, result));
    }

    /**
     * The answer to a message.
     *
     * @param message the message
     * @param results the results of its items, in their order
     * @param largest the largest answer in bytes. If the results of a batch exceed it, they are split into parts, each with {@code part} and
     *     {@code parts}. A part with a single result may be larger
     * @return at least one answer
     */
    public static List<byte[]> write(TokenMessage message, List<TokenResult> results, int largest) {
        if (!message.isBatch()) {
            return List.of(write(results.get(0)));
        }
        byte[] whole = writeBatch(message.id(), results, null);
        if (whole.length <= largest || results.size() == 1) {
            return List.of(whole);
        }
        return parts(message.id(), results, largest);
    }

    private static List<byte[]> parts(String id, List<TokenResult> results, int largest) {
        int frame = writeBatch(id, List.of(), new Part(results.size(), results.size())).length;
        List<List<TokenResult>> parts = new ArrayList<>();
        int size = Integer.MAX_VALUE / 2;
        for (TokenResult result : results) {
            int length = write(result).length + 1;
            if (size + length > largest) {
                parts.add(new ArrayList<>());
                size = frame;
            }
            parts.get(parts.size() - 1).add(result);
            size += length;
        }
        List<byte[]> written = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            written.add(writeBatch(id, parts.get(i), new Part(i + 1, parts.size())));
        }
        return written;
    }

    private static byte[] writeBatch(String id, List<TokenResult> results, @Nullable Part part) {
        return bytes(ROOM_FOR_A_RESULT * Math.max(1, results.size()), json -> {
            json.writeStartObject();
            json.writeStringField("id", id);
            if (part != null) {
                json.writeNumberField("part", part.number());
                json.writeNumberField("parts", part.count());
            }
            json.writeArrayFieldStart("results");
            for (TokenResult result : results) {
                write(json, result);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, TokenResult result) throws IOException {
        json.writeStartObject();
        if (result.id() != null) {
            json.writeStringField("id", result.id());
        }
        if (result.licenseUrl() != null) {
            json.writeStringField("licenseUrl", result.licenseUrl());
        }
        ErrorMessage error = result.error();
        if (error != null) {
            json.writeObjectFieldStart("error");
            json.writeNumberField("code", error.code());
            json.writeStringField("message", error.message());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static byte[] bytes(int room, Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(room);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            writing.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return out.toByteArray();
    }

    private record Part(int number, int count) {}

    @FunctionalInterface
    private interface Writing {

        void write(JsonGenerator json) throws IOException;
    }
}
