package io.playgrant.packager.cpix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.TestSecrets;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The documents of {@code packager-vectors/cpix.json}, with their keys. */
final class CpixVectors {

    /** A time at which the certificate of the vectors is valid. */
    static final Instant NOW = Instant.parse("2027-06-01T00:00:00Z");

    private CpixVectors() {}

    /** One of the three documents: speke-2.0, speke-2.1 or cpix-2.3-encrypted. */
    static JsonNode named(String name) {
        return json().path("documents").path(name);
    }

    static byte[] request(String name) {
        return file(named(name).path("request").textValue());
    }

    static byte[] answer(String name) {
        return file(named(name).path("answer").textValue());
    }

    static @Nullable SpekeVersion speke(String name) {
        JsonNode version = named(name).path("headers").path("X-Speke-Version");
        return version.isMissingNode() ? null : SpekeVersion.of(version.textValue());
    }

    static CpixRequest read(String name) {
        return CpixReader.read(request(name), speke(name), NOW);
    }

    static Map<KeyId, ContentKey> keys(String name) {
        Map<KeyId, ContentKey> keys = new LinkedHashMap<>();
        named(name)
                .path("keys")
                .properties()
                .forEach(entry -> keys.put(
                        KeyId.ofHex(entry.getKey().replace("-", "")),
                        ContentKey.ofHex(marked(entry.getValue().textValue()))));
        return keys;
    }

    /** One of the keys is the key id of many other tests, and therefore in their output. */
    private static String marked(String key) {
        return key.equals("00112233445566778899aabbccddeeff") ? key : TestSecrets.secret(key);
    }

    static byte[] file(String name) {
        try (InputStream in = CpixVectors.class.getResourceAsStream("/packager-vectors/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json() {
        try {
            return new ObjectMapper().readTree(file("cpix.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
