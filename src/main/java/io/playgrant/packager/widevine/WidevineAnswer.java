package io.playgrant.packager.widevine;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.playgrant.packager.PackagerKey;
import io.playgrant.packager.box.DrmSystem;
import io.playgrant.packager.box.PsshBox;
import io.playgrant.packager.box.WidevineData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/** The answer to a request. */
public final class WidevineAnswer {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String WIDEVINE = "WIDEVINE";
    private static final String SYSTEM_ID = DrmSystem.WIDEVINE.id().toString().replace("-", "");
    private static final int BYTES_OF_A_TRACK = 400;

    private WidevineAnswer() {}

    /** Writes a piece of JSON. */
    private interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /** An answer with keys, in their order. A packager needs exactly one key for each type and period. */
    public static byte[] of(WidevineRequest request, List<PackagerKey> keys) {
        return enveloped(keys.size() * BYTES_OF_A_TRACK + BYTES_OF_A_TRACK, json -> {
            writeStatus(json, WidevineStatus.OK);
            writeSystem(json);
            json.writeArrayFieldStart("tracks");
            for (PackagerKey key : keys) {
                writeTrack(json, request, key);
            }
            json.writeEndArray();
            if (request.contentId().length > 0) {
                writeBase64(json, "content_id", request.contentId());
            }
        });
    }

    /** An answer without keys. */
    public static byte[] refusal(WidevineStatus status) {
        if (status == WidevineStatus.OK) {
            throw new IllegalArgumentException("OK is no refusal");
        }
        return enveloped(100, json -> writeStatus(json, status));
    }

    private static void writeStatus(JsonGenerator json, WidevineStatus status) throws IOException {
        json.writeStringField("status", status.name());
    }

    private static void writeSystem(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("drm");
        json.writeStartObject();
        json.writeStringField("type", WIDEVINE);
        json.writeStringField("system_id", SYSTEM_ID);
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void writeTrack(JsonGenerator json, WidevineRequest request, PackagerKey key) throws IOException {
        byte[] data = dataOf(request, key).bytes();
        byte[] bytes = key.key().toByteArray();
        json.writeStartObject();
        json.writeStringField("type", key.type());
        writeBase64(json, "key_id", key.kid().toByteArray());
        writeBase64(json, "key", bytes);
        Arrays.fill(bytes, (byte) 0);
        json.writeArrayFieldStart("pssh");
        json.writeStartObject();
        json.writeStringField("drm_type", WIDEVINE);
        writeBase64(json, "data", data);
        writeBase64(json, "boxes", PsshBox.of(DrmSystem.WIDEVINE, data).bytes());
        json.writeEndObject();
        json.writeEndArray();
        if (key.period().isPresent()) {
            json.writeNumberField("crypto_period_index", key.period().getAsLong());
        }
        json.writeEndObject();
    }

    /** A request for known keys names neither the content nor the scheme. */
    private static WidevineData dataOf(WidevineRequest request, PackagerKey key) {
        return request.contentId().length == 0
                ? WidevineData.of(List.of(key.kid()))
                : WidevineData.of(List.of(key.kid()), request.scheme())
                        .withContent(PackagerKey.PROVIDER, request.contentId())
                        .withPeriod(key.period());
    }

    /** The response is JSON, in base64, in JSON. */
    private static byte[] enveloped(int size, Content content) {
        byte[] response = object(size, content);
        try {
            return object(response.length / 3 * 4 + 50, json -> writeBase64(json, "response", response));
        } finally {
            Arrays.fill(response, (byte) 0);
        }
    }

    private static byte[] object(int size, Content content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(size);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            content.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void writeBase64(JsonGenerator json, String name, byte[] bytes) throws IOException {
        json.writeFieldName(name);
        json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes, 0, bytes.length);
    }
}
