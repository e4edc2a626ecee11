package io.playgrant.packager.box;

import static io.playgrant.TestSecrets.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The vectors of {@code packager-vectors/pssh.json}. */
public final class BoxVectors {

    private static final JsonNode FILE = read("pssh.json");

    private BoxVectors() {}

    /** A file of vectors. */
    public static JsonNode read(String name) {
        try (InputStream in = BoxVectors.class.getResourceAsStream("/packager-vectors/" + name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Stream<Vector> all() {
        return StreamSupport.stream(FILE.get("vectors").spliterator(), false).map(Vector::new);
    }

    static JsonNode severalKeys() {
        return FILE.get("severalKeys");
    }

    public record Vector(JsonNode json) {

        private String input(String member) {
            return json.at("/input/" + member).asText();
        }

        public KeyId kid() {
            return KeyId.ofHex(input("kid"));
        }

        public ContentKey key() {
            return ContentKey.ofHex(secret(input("key")));
        }

        ProtectionScheme scheme() {
            return ProtectionScheme.ofLabel(input("scheme")).orElseThrow();
        }

        WidevineData widevine() {
            JsonNode period = json.at("/input/cryptoPeriodIndex");
            return WidevineData.of(List.of(kid()), scheme())
                    .withContent(input("provider"), HexFormat.of().parseHex(input("contentIdHex")))
                    .withPeriod(period.isNull() ? OptionalLong.empty() : OptionalLong.of(period.longValue()));
        }

        PlayReadyHeader.Key playReadyKey() {
            return new PlayReadyHeader.Key(kid(), key());
        }

        PlayReadyHeader playReady() {
            return PlayReadyHeader.of(scheme(), List.of(playReadyKey()), licenseUrl());
        }

        String licenseUrl() {
            return json.at("/input/playreadyLaUrl").textValue();
        }

        String fairPlayUri() {
            String iv = json.at("/input/iv").textValue();
            return iv == null
                    ? FairPlayUri.of(kid())
                    : FairPlayUri.of(kid(), HexFormat.of().parseHex(iv));
        }

        public JsonNode expected(String pointer) {
            return json.at("/expected" + pointer);
        }

        @Override
        public String toString() {
            return json.get("name").asText();
        }
    }
}
