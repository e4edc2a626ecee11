package io.playgrant.packager.nginx;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.playgrant.packager.PackagerKey;
import io.playgrant.packager.box.DrmSystem;
import io.playgrant.packager.box.PlayReadyHeader;
import io.playgrant.packager.box.ProtectionScheme;
import io.playgrant.packager.box.WidevineData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer to nginx-vod-module: an array of exactly one object, with one key and the data of its boxes. */
public final class NginxVodAnswer {

    private static final JsonFactory JSON = new JsonFactory();

    private NginxVodAnswer() {}

    /**
     * An answer with a key.
     *
     * @param systems the DRM systems to signal, in this order. FairPlay and Clear Key have no box
     * @param iv the initial vector, 16 bytes, which only HLS with FairPlay uses, or null
     */
    public static byte[] of(PackagerKey key, ProtectionScheme scheme, List<DrmSystem> systems, byte @Nullable [] iv) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartArray();
            json.writeStartObject();
            writeBoxes(json, key, scheme, systems);
            byte[] bytes = key.key().toByteArray();
            writeBase64(json, "key", bytes);
            Arrays.fill(bytes, (byte) 0);
            writeBase64(json, "key_id", key.kid().toByteArray());
            if (iv != null) {
                writeBase64(json, "iv", iv);
            }
            json.writeEndObject();
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void writeBoxes(
            JsonGenerator json, PackagerKey key, ProtectionScheme scheme, List<DrmSystem> systems) throws IOException {
        boolean hasBegun = false;
        for (DrmSystem system : systems) {
            Optional<byte[]> data = dataOf(system, key, scheme);
            if (data.isPresent()) {
                if (!hasBegun) {
                    json.writeArrayFieldStart("pssh");
                    hasBegun = true;
                }
                json.writeStartObject();
                writeBase64(json, "data", data.get());
                json.writeStringField("uuid", system.id().toString());
                json.writeEndObject();
            }
        }
        if (hasBegun) {
            json.writeEndArray();
        }
    }

    /** The data from which the module makes a box. */
    private static Optional<byte[]> dataOf(DrmSystem system, PackagerKey key, ProtectionScheme scheme) {
        return switch (system) {
            case WIDEVINE ->
                Optional.of(WidevineData.of(List.of(key.kid()), scheme)
                        .withContent(PackagerKey.PROVIDER, key.contentId().getBytes(StandardCharsets.UTF_8))
                        .withPeriod(key.period())
                        .bytes());
            case PLAYREADY ->
                Optional.of(PlayReadyHeader.of(scheme, List.of(new PlayReadyHeader.Key(key.kid(), key.key())), null)
                        .object());
            case COMMON -> Optional.of(commonData(key));
            case FAIRPLAY, CLEAR_KEY -> Optional.empty();
        };
    }

    /** The module puts a header of version 1 in front of it, and expects the rest: a count, key ids, and a size. */
    private static byte[] commonData(PackagerKey key) {
        byte[] kid = key.kid().toByteArray();
        return ByteBuffer.allocate(4 + kid.length + 4)
                .putInt(1)
                .put(kid)
                .putInt(0)
                .array();
    }

    private static void writeBase64(JsonGenerator json, String name, byte[] bytes) throws IOException {
        json.writeFieldName(name);
        json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes, 0, bytes.length);
    }
}
