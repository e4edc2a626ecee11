package io.playgrant.packager.widevine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.contentkey.SigningSecret;
import io.playgrant.packager.PackagerKey;
import io.playgrant.packager.box.ProtectionScheme;
import io.playgrant.packager.box.WidevineData;
import io.playgrant.packager.widevine.WidevineRequest.Track;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WidevineRequestTest {

    private static final String TRACKS = "\"tracks\":[{\"type\":\"SD\"}]";
    private static final KeyId KID = KeyId.ofHex("00112233445566778899aabbccddeeff");

    @Test
    void formsOfProtobufJson_areRead() {
        WidevineRequest request =
                read("{\"contentId\":\"-_8\",\"tracks\":[{\"type\":\"HD\",\"bits\":8},{\"type\":\"AUDIO\"},"
                        + "{\"type\":\"HD\"}],\"drmTypes\":[0],\"protectionScheme\":1667392371,\"videoFeature\":\"HDR\","
                        + "\"policy\":null,\"firstCryptoPeriodIndex\":\"4294967294\",\"cryptoPeriodCount\":2.0,"
                        + "\"unknown\":{\"a\":[1]},\"enableEntitlementLicense\":false}");

        assertThat(request.contentId()).isEqualTo(new byte[] {(byte) 0xFB, (byte) 0xFF});
        assertThat(request.contentIdText()).isEqualTo("fbff");
        assertThat(request.scheme()).isEqualTo(ProtectionScheme.CBCS);
        assertThat(request.policy()).isEmpty();
        assertThat(request.tracks())
                .containsExactly(
                        new Track("HD", "HDR", OptionalLong.of(4_294_967_294L)),
                        new Track("AUDIO", "", OptionalLong.of(4_294_967_294L)),
                        new Track("HD", "HDR", OptionalLong.of(4_294_967_295L)),
                        new Track("AUDIO", "", OptionalLong.of(4_294_967_295L)));
    }

    @ParameterizedTest
    @CsvSource({
        "'',CENC",
        "'\"protection_scheme\":null',CENC",
        "'\"protection_scheme\":\"UNSPECIFIED\"',CENC",
        "'\"protection_scheme\":0',CENC",
        "'\"protection_scheme\":\"CENC\"',CENC",
        "'\"protection_scheme\":1667591779',CENC",
        "'\"protection_scheme\":\"CENS\"',CENS",
        "'\"protection_scheme\":1667591795',CENS",
        "'\"protection_scheme\":\"CBC1\"',CBC1",
        "'\"protection_scheme\":1667392305',CBC1",
        "'\"protection_scheme\":\"CBCS\"',CBCS"
    })
    void scheme_isANameOrANumber(String member, ProtectionScheme scheme) {
        assertThat(read("{\"content_id\":\"AA==\"," + TRACKS + (member.isEmpty() ? "" : "," + member) + "}")
                        .scheme())
                .isEqualTo(scheme);
    }

    @Test
    void knownKeys_areAskedForByTheirBox() {
        byte[] pssh = WidevineData.of(List.of(KID, KID)).bytes();
        WidevineRequest request = read("{\"pssh_data\":\"" + base64(pssh) + "\"," + TRACKS + "}");

        assertThat(request.keyIds()).containsExactly(KID);
        assertThat(request.contentId()).isEmpty();
        String answer = decoded(WidevineAnswer.of(
                request,
                List.of(new PackagerKey(KID, ContentKey.of(new byte[16]), "film-1", "SD", OptionalLong.empty()))));
        assertThat(answer).doesNotContain("content_id").contains("\"data\":\"EhAAESIzRFVmd4iZqrvM3e7/\"");
    }

    /** Each row has the decoded request, the status and the reason. */
    @ParameterizedTest
    @CsvFileSource(resources = "/protocol/refused-widevine-requests.csv", useHeadersInDisplayName = true)
    void refusedRequests(String request, WidevineStatus status, String reason) {
        assertRefused(body(request), status, reason);
    }

    @ParameterizedTest
    @CsvSource({
        "'',the request is no JSON object",
        "[],the request is no JSON object",
        "{},the body has no request",
        "'{\"request\":1}',the request needs a text as request",
        "'{\"request\":\"*\"}',the request needs base64 as request",
        "'{\"request\":\"\"}',the body has no request",
        "'{\"request\":\"e30=\",\"request\":\"e30=\"}',the request is no JSON object",
        "'{\"request\":\"e30=\"} {}',the request is no JSON object",
        "'{\"request\":\"e30=\",\"a\":[[[[[[[[[[[1]]]]]]]]]]]}',the request is no JSON object",
        "'{\"request\":\"e30=\"',the request is no JSON object"
    })
    void refusedBodies(String body, String reason) {
        assertRefused(body.getBytes(StandardCharsets.UTF_8), WidevineStatus.MALFORMED_REQUEST, reason);
    }

    @Test
    void textThatIsNotUtf8_isRefused() {
        byte[] envelope = "{\"request\":\"e30=\",\"signer\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = ("{\"content_id\":\"AA==\"," + TRACKS + ",\"video_feature\":\"ü\"}")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf16 = ("{\"content_id\":\"AA==\"," + TRACKS + "}").getBytes(StandardCharsets.UTF_16LE);

        for (byte[] body : List.of(envelope, body(request), body(utf16))) {
            assertRefused(body, WidevineStatus.MALFORMED_REQUEST, "the request is no JSON object");
        }
    }

    @Test
    void largeBodies_areRefused() {
        byte[] large = new byte[WidevineRequest.LONGEST + 1];
        Arrays.fill(large, (byte) ' ');

        assertRefused(large, WidevineStatus.MALFORMED_REQUEST, "the body has more than 65536 bytes");
    }

    @Test
    void manyKids_areRefused() {
        List<KeyId> kids = IntStream.range(0, 51)
                .mapToObj(i -> KeyId.ofHex("%032x".formatted(i)))
                .toList();

        assertRefused(
                body("{\"pssh_data\":\"" + base64(WidevineData.of(kids).bytes()) + "\"," + TRACKS + "}"),
                WidevineStatus.INVALID_WIDEVINE_PSSH,
                "pssh_data has 51 key ids");
        assertThat(read("{\"pssh_data\":\""
                                + base64(WidevineData.of(kids.subList(1, 51)).bytes()) + "\"," + TRACKS + "}")
                        .keyIds())
                .hasSize(50);
    }

    @Test
    void contentIds_haveAtMost512Bytes() {
        assertThat(read("{\"content_id\":\"" + base64(new byte[512]) + "\"," + TRACKS + "}")
                        .contentIdText())
                .hasSize(1024);
        assertRefused(
                body("{\"content_id\":\"" + base64(new byte[513]) + "\"," + TRACKS + "}"),
                WidevineStatus.MALFORMED_REQUEST,
                "content_id has more than 512 bytes");
    }

    @Test
    void refusals_quoteNothing() {
        String text = "a-secret-text";
        for (String member : List.of("content_id", "tracks", "first_crypto_period_index", "protection_scheme", "x")) {
            String request = "{\"content_id\":\"AA==\",\"" + member + "\":\"" + text + "\"}";
            assertThat(catchThrowable(() -> read(request)))
                    .isInstanceOf(WidevineException.class)
                    .hasNoCause()
                    .message()
                    .doesNotContain(text);
        }
    }

    @Test
    void ok_isNoRefusal() {
        assertThatThrownBy(() -> WidevineAnswer.refusal(WidevineStatus.OK))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 24, 33})
    void aesSigners_haveKeysOf16Or32Bytes(int length) {
        SigningSecret iv = SigningSecret.of(new byte[16]);
        assertThatThrownBy(() -> WidevineSigner.aes(SigningSecret.of(new byte[length]), iv))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WidevineSigner.aes(iv, SigningSecret.of(new byte[length])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A request in which one to three bytes were changed is read, or refused with a status. */
    @Test
    void changedRequests_areReadOrRefused() {
        Random random = new Random(15);
        byte[] request = ("{\"content_id\":\"Zmls\",\"policy\":\"\"," + TRACKS
                        + ",\"first_crypto_period_index\":0,\"crypto_period_count\":10,\"protection_scheme\":\"CENC\"}")
                .getBytes(StandardCharsets.UTF_8);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = random.nextInt(5) > 0 ? request.clone() : Arrays.copyOf(request, 1 + random.nextInt(99));
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(WidevineRequest.read(body(changed)).tracks()).isNotEmpty();
                read++;
            } catch (WidevineException refused) {
                assertThat(refused.status()).isNotEqualTo(WidevineStatus.OK);
            }
        }
        assertThat(read).isBetween(1_000, 19_000);
    }

    private static void assertRefused(byte[] body, WidevineStatus status, String reason) {
        assertThatThrownBy(() -> WidevineRequest.read(body))
                .isInstanceOfSatisfying(
                        WidevineException.class, e -> assertThat(e.status()).isEqualTo(status))
                .hasMessage(reason);
    }

    private static WidevineRequest read(String request) {
        return WidevineRequest.read(body(request));
    }

    private static byte[] body(String request) {
        return body(request.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] body(byte[] request) {
        return ("{\"request\":\"" + base64(request) + "\"}").getBytes(StandardCharsets.US_ASCII);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String decoded(byte[] answer) {
        String base64 = new String(answer, StandardCharsets.US_ASCII).replaceAll("\\{\"response\":\"|\"}", "");
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
