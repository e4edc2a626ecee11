package io.playgrant.packager.box;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.contentkey.KeyId;
import io.playgrant.packager.box.BoxVectors.Vector;
import io.playgrant.packager.box.HlsKeyLines.Playlist;
import io.playgrant.packager.box.PlayReadyHeader.Version;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value of the vectors, byte for byte. */
class BoxVectorsTest {

    static Stream<Vector> vectors() {
        return BoxVectors.all();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void kidAsUuid(Vector vector) {
        assertThat(vector.kid().toUuid())
                .hasToString(vector.expected("/kidUuid").asText());
        assertThat(KeyId.of(vector.kid().toUuid())).isEqualTo(vector.kid());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void widevineBoxes(Vector vector) {
        WidevineData data = vector.widevine();
        JsonNode expected = vector.expected("/widevine");

        assertThat(hex(data.bytes())).isEqualTo(expected.get("data").asText());
        assertThat(hex(data.box().bytes()))
                .isEqualTo(expected.get("boxVersion0").asText());
        assertThat(data.box().base64())
                .isEqualTo(expected.get("boxVersion0Base64").asText());
        assertThat(hex(PsshBox.of(DrmSystem.WIDEVINE, List.of(vector.kid()), data.bytes())
                        .bytes()))
                .isEqualTo(expected.get("boxVersion1").asText());
        WidevineData plain = WidevineData.of(List.of(vector.kid()), vector.scheme());
        assertThat(hex(plain.bytes()))
                .isEqualTo(expected.get("dataKidAndSchemeOnly").asText());
        assertThat(hex(plain.box().bytes()))
                .isEqualTo(expected.get("boxVersion0KidAndSchemeOnly").asText());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void widevineBoxes_areReadBack(Vector vector) {
        for (String name : List.of("boxVersion0", "boxVersion1")) {
            byte[] box =
                    HexFormat.of().parseHex(vector.expected("/widevine/" + name).asText());
            PsshBox decoded = PsshBox.decode(box);

            assertThat(decoded.bytes()).isEqualTo(box);
            assertThat(DrmSystem.of(decoded.systemId())).contains(DrmSystem.WIDEVINE);
            assertThat(decoded.keyIds()).isEqualTo(decoded.version() == 0 ? List.of() : List.of(vector.kid()));
            assertThat(WidevineData.read(decoded.data()))
                    .usingRecursiveComparison()
                    .isEqualTo(vector.widevine());
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void commonBox(Vector vector) {
        PsshBox box = PsshBox.common(List.of(vector.kid()));
        JsonNode expected = vector.expected("/commonSystem");

        assertThat(hex(box.bytes())).isEqualTo(expected.get("boxVersion1").asText());
        assertThat(box.base64()).isEqualTo(expected.get("boxVersion1Base64").asText());
        assertThat(PsshBox.decode(box.bytes()).keyIds()).containsExactly(vector.kid());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void playReadyKid(Vector vector) {
        JsonNode expected = vector.expected("/playready");
        byte[] swapped = PlayReadyObject.swapped(vector.kid());

        assertThat(hex(swapped)).isEqualTo(expected.get("kidGuidBytes").asText());
        assertThat(Base64.getEncoder().encodeToString(swapped))
                .isEqualTo(expected.get("kidBase64").asText());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void playReadyHeaders(Vector vector) {
        vector.expected("/playready/headers").properties().forEach(expected -> {
            PlayReadyHeader header = PlayReadyHeader.of(
                    Version.valueOf("V" + expected.getKey().replace('.', '_')),
                    vector.scheme(),
                    List.of(vector.playReadyKey()),
                    vector.licenseUrl());
            assertHeader(header, expected.getValue());
        });
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void playReadyHeader_ofTheOldestVersion(Vector vector) {
        assertHeader(
                vector.playReady(),
                vector.expected("/playready/headers")
                        .properties()
                        .iterator()
                        .next()
                        .getValue());
        PlayReadyObject read = PlayReadyObject.read(vector.playReady().object());
        assertThat(read).isEqualTo(new PlayReadyObject(vector.playReady().xml(), List.of(vector.kid())));
    }

    private static void assertHeader(PlayReadyHeader header, JsonNode expected) {
        assertThat(header.xml()).isEqualTo(expected.get("xml").asText());
        assertThat(header.objectBase64()).isEqualTo(expected.get("proBase64").asText());
        assertThat(hex(header.box().bytes())).isEqualTo(expected.get("box").asText());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void dashElements(Vector vector) {
        assertThat(texts(vector.expected("/dash")))
                .containsExactly(
                        ContentProtection.mp4(vector.scheme(), vector.kid()),
                        ContentProtection.of(
                                DrmSystem.WIDEVINE, vector.widevine().box()),
                        ContentProtection.of(vector.playReady()),
                        ContentProtection.of(DrmSystem.COMMON, PsshBox.common(List.of(vector.kid()))),
                        ContentProtection.clearKey("https://keys.example/clearkey"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void fairPlayUri(Vector vector) {
        JsonNode expected = vector.expected("/fairplay");

        assertThat(expected.isNull()).isEqualTo(vector.scheme() != ProtectionScheme.CBCS);
        if (!expected.isNull()) {
            assertThat(vector.fairPlayUri()).isEqualTo(expected.get("skd").asText());
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void hlsLines(Vector vector) {
        assertThat(lines(vector, Playlist.MEDIA)).isEqualTo(texts(vector.expected("/hlsMedia")));
        assertThat(lines(vector, Playlist.MULTIVARIANT)).isEqualTo(texts(vector.expected("/hlsMultivariant")));
    }

    private static List<String> lines(Vector vector, Playlist playlist) {
        HlsKeyLines lines = new HlsKeyLines(playlist, vector.scheme());
        List<String> all = new ArrayList<>();
        all.add(lines.widevine(vector.kid(), vector.widevine().box()));
        all.add(lines.playReady(vector.playReady()));
        if (vector.scheme() == ProtectionScheme.CBCS) {
            all.add(lines.fairPlay(vector.fairPlayUri()));
        }
        return all;
    }

    @Test
    void severalKeys() {
        JsonNode expected = BoxVectors.severalKeys();
        List<KeyId> kids =
                texts(expected.get("kids")).stream().map(KeyId::ofHex).toList();
        WidevineData first = vectors().findFirst().orElseThrow().widevine();
        PlayReadyHeader header = PlayReadyHeader.of(
                ProtectionScheme.CENC, vectors().map(Vector::playReadyKey).toList(), null);

        assertThat(hex(WidevineData.of(kids, ProtectionScheme.CENC)
                        .withContent("playgrant", first.contentId())
                        .box()
                        .bytes()))
                .isEqualTo(expected.get("widevineBoxKidsInOrder").asText());
        assertThat(hex(PsshBox.common(kids).bytes()))
                .isEqualTo(expected.get("commonBox").asText());
        assertThat(header.xml()).isEqualTo(expected.get("playready42").asText());
        assertThat(header.objectBase64())
                .isEqualTo(expected.get("playready42ProBase64").asText());
        assertThat(PlayReadyObject.read(header.object()).keyIds()).isEqualTo(kids);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
