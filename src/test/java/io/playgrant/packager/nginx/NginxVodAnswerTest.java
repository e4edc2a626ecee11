package io.playgrant.packager.nginx;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.packager.PackagerKey;
import io.playgrant.packager.box.BoxVectors;
import io.playgrant.packager.box.DrmSystem;
import io.playgrant.packager.box.ProtectionScheme;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors, byte for byte. */
class NginxVodAnswerTest {

    private static final JsonNode FILE = BoxVectors.read("nginx-vod.json");

    /** The module takes no answers beyond this, unless it is configured otherwise. */
    private static final int LONGEST = 4096;

    @ParameterizedTest
    @CsvSource({
        "WIDEVINE,widevine,widevine",
        "WIDEVINE PLAYREADY,widevineAndPlayReady,widevineAndPlayReady",
        "WIDEVINE PLAYREADY COMMON,widevinePlayReadyCommon,three",
        "FAIRPLAY,fairPlay,fairPlay"
    })
    void answers_areThoseOfTheVectors(String systems, String vector, String length) {
        JsonNode input = FILE.get("input");
        PackagerKey key = new PackagerKey(
                KeyId.ofHex(input.get("kid").asText()),
                ContentKey.ofHex(secret(input.get("key").asText())),
                input.get("contentId").asText(),
                "SD",
                OptionalLong.empty());
        byte[] iv = systems.equals("FAIRPLAY") ? HexFormat.of().parseHex("101112131415161718191a1b1c1d1e1f") : null;

        byte[] answer = NginxVodAnswer.of(key, ProtectionScheme.CENC, systems(systems), iv);

        assertThat(new String(answer, StandardCharsets.US_ASCII))
                .isEqualTo(FILE.get(vector).toString());
        assertThat(answer).hasSize(FILE.at("/bytes/" + length).asInt()).hasSizeLessThan(LONGEST);
    }

    private static List<DrmSystem> systems(String names) {
        return List.of(names.split(" ")).stream().map(DrmSystem::valueOf).collect(Collectors.toList());
    }
}
