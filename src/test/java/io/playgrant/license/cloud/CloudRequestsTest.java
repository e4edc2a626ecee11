package io.playgrant.license.cloud;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.TokenException;
import io.playgrant.license.challenge.Challenge.Kind;
import io.playgrant.license.challenge.SampleChallenge;
import io.playgrant.license.cloud.CloudProvider.Padding;
import io.playgrant.token.Claims;
import io.playgrant.token.ClaimsBuilder;
import io.playgrant.token.HdcpOutputControl;
import io.playgrant.token.SecurityLevel;
import io.playgrant.token.TokenKey;
import io.playgrant.token.TrackType;
import io.playgrant.token.WvExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CloudRequestsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.75Z");
    private static final CloudProvider PROVIDER = SampleProvider.with(Padding.ZERO);
    private static final KeyId KID = KeyId.ofHex("00112233445566778899aabbccddeeff");
    private static final String SECRET = secret("5ec2e7c0de5ec2e7c0de5ec2e7c0de55");
    private static final byte[] CHALLENGE = SampleChallenge.of(KID).bytes();
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void license_isAMessageWithItsSignatureAndSigner() throws IOException {
        for (Padding padding : Padding.values()) {
            CloudProvider provider = SampleProvider.with(padding);
            JsonNode body = JSON.readTree(CloudRequests.license(CHALLENGE, token().build(), provider, NOW));

            assertThat(body).hasSize(3);
            assertThat(body.get("signature").binaryValue())
                    .isEqualTo(CloudSignature.of(body.get("request").binaryValue(), provider));
            assertThat(body.get("signer").textValue()).isEqualTo("widevine_test");
        }
    }

    @Test
    void message_hasTheKeysAndAllPoliciesOfTheToken() throws IOException {
        Claims token = token().contentId("film \u00e9")
                .licenseDuration(3_600)
                .playbackDuration(60)
                .persistent(true)
                .build();

        assertThat(message(CHALLENGE, token)).isEqualTo(JSON.readTree("""
                        {"payload": "%s",
                         "provider": "widevine_test",
                         "content_id": "ZmlsbSDDqQ==",
                         "content_key_specs": [
                           {"track_type": "HD",
                            "security_level": 1,
                            "required_output_protection": {"hdcp": "HDCP_NONE"},
                            "key_id": "ABEiM0RVZneImaq7zN3u/w==",
                            "key": "%s"}],
                         "use_policy_overrides_exclusively": true,
                         "policy_overrides": {
                           "can_play": true,
                           "can_persist": true,
                           "can_renew": false,
                           "rental_duration_seconds": 3600,
                           "license_duration_seconds": 3600,
                           "playback_duration_seconds": 60}}
                        """.formatted(
                        base64(CHALLENGE), base64(ContentKey.ofHex(SECRET).toByteArray()))));
    }

    @Test
    void message_ofATokenWithoutLimits_hasNone() throws IOException {
        JsonNode message = message(CHALLENGE, token().build());

        assertThat(message.get("policy_overrides"))
                .isEqualTo(JSON.readTree("{\"can_play\":true,\"can_persist\":false,\"can_renew\":false}"));
        assertThat(new String(message.get("content_id").binaryValue(), StandardCharsets.UTF_8))
                .isEqualTo(KID.toString());
    }

    @Test
    void keys_haveTheirOwnRules() throws IOException {
        List<TokenKey> keys = Arrays.stream(TrackType.values())
                .map(type -> new TokenKey(
                        KeyId.ofName(type.name()),
                        ContentKey.ofHex(SECRET),
                        SecurityLevel.of(1 + type.number()),
                        HdcpOutputControl.of(1 + type.number()),
                        type))
                .toList();
        JsonNode specs = message(CHALLENGE, token().keys(keys).build()).get("content_key_specs");

        assertThat(specs.findValuesAsText("track_type")).containsExactly("SD", "HD", "AUDIO", "UHD1", "UHD2");
        assertThat(specs.findValuesAsText("security_level")).containsExactly("1", "2", "3", "4", "5");
        assertThat(specs.findValuesAsText("hdcp"))
                .containsExactly("HDCP_V1", "HDCP_V2", "HDCP_V2_1", "HDCP_V2_2", "HDCP_NO_DIGITAL_OUTPUT");
        assertThat(specs.get(3).get("key_id").binaryValue())
                .isEqualTo(keys.get(3).kid().toByteArray());
    }

    /** 0 would mean no limit, so it must not be sent at the end of a rental. */
    @ParameterizedTest
    @CsvSource({
        ", ,",
        "60, , 60",
        ", 2026-03-01T12:01:40Z, 100",
        "60, 2026-03-01T12:01:40Z, 60",
        "200, 2026-03-01T12:01:40Z, 100",
        ", 2026-03-01T12:00:01Z, 1",
        ", 2026-03-01T12:00:00Z, 1",
        "60, 2026-03-01T11:59:00Z, 1",
        "2147483647, 2126-03-01T12:00:00Z, 2147483647",
        ", 2126-03-01T12:00:00Z, 3155673600"
    })
    void licenceEnds_afterItsDuration_andWithTheRental(
            @Nullable Integer duration, @Nullable Instant rentalEnd, @Nullable Long seconds) throws IOException {
        JsonNode policy = message(
                        CHALLENGE,
                        token().licenseDuration(duration).rentalEnd(rentalEnd).build())
                .get("policy_overrides");

        for (String name : List.of("rental_duration_seconds", "license_duration_seconds")) {
            if (seconds == null) {
                assertThat(policy.has(name)).isFalse();
            } else {
                assertThat(policy.get(name).longValue()).isEqualTo(seconds);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RENEWAL", "RELEASE"})
    void requestAboutAnExistingLicence_bringsNoKeys(Kind kind) throws IOException {
        byte[] challenge = SampleChallenge.of().kind(kind).bytes();
        JsonNode message = message(challenge, token().build());

        assertThat(message.get("payload").binaryValue()).isEqualTo(challenge);
        assertThat(message.has("content_key_specs")).isFalse();
        assertThat(message.toString())
                .doesNotContain(base64(ContentKey.ofHex(SECRET).toByteArray()));
    }

    @Test
    void certificate_isAskedForWithoutContent() throws IOException {
        JsonNode body = JSON.readTree(CloudRequests.certificate(PROVIDER));

        // Also one of the vectors.
        assertThat(new String(body.get("request").binaryValue(), StandardCharsets.UTF_8))
                .isEqualTo("{\"payload\":\"CAQ=\",\"provider\":\"widevine_test\"}");
        assertThat(body.get("signature").textValue()).isEqualTo("NA0o38az/VSQAH9fl9h2uUEQDYJ8Eon+CcfnUwogIx8=");
    }

    @Test
    void masked_isTheMessageWithoutKeys() throws IOException {
        Claims token = token().build();
        String masked = CloudRequests.masked(CHALLENGE, token, PROVIDER, NOW);
        JsonNode message = message(CHALLENGE, token);

        assertThat(masked).startsWith("{\n  \"payload\" : ").contains("\"key\" : \"***\"");
        assertThat(masked).doesNotContain(base64(ContentKey.ofHex(SECRET).toByteArray()), SECRET);
        assertThat(masked(message)).isEqualTo(JSON.readTree(masked));
        assertThat(JSON.readTree(CloudRequests.masked(new byte[0], token, PROVIDER, NOW))
                        .get("payload")
                        .textValue())
                .isEmpty();
    }

    @Test
    void otherBodies_areNoChallenge() {
        assertThatExceptionOfType(TokenException.class)
                .isThrownBy(() -> CloudRequests.license(new byte[1], token().build(), PROVIDER, NOW));
    }

    @Test
    void extensions_haveNoEffect_whichCanBeTold() throws IOException {
        Claims extended =
                token().extensions(List.of(new WvExtension("wvty", "AAEC"))).build();

        assertThat(CloudRequests.ignoresExtensions(extended)).isTrue();
        assertThat(CloudRequests.ignoresExtensions(token().build())).isFalse();
        assertThat(message(CHALLENGE, extended)).isEqualTo(message(CHALLENGE, token().build()));
    }

    private static ClaimsBuilder token() {
        return new ClaimsBuilder()
                .keys(List.of(new TokenKey(
                        KID,
                        ContentKey.ofHex(SECRET),
                        SecurityLevel.SW_SECURE_CRYPTO,
                        HdcpOutputControl.HDCP_NONE,
                        TrackType.HD)));
    }

    private static JsonNode message(byte[] challenge, Claims token) throws IOException {
        return JSON.readTree(JSON.readTree(CloudRequests.license(challenge, token, PROVIDER, NOW))
                .get("request")
                .binaryValue());
    }

    private static JsonNode masked(JsonNode message) {
        ((ObjectNode) message.get("content_key_specs").get(0)).put("key", "***");
        return message;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
