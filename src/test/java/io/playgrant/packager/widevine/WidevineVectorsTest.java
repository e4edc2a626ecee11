package io.playgrant.packager.widevine;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.contentkey.SigningSecret;
import io.playgrant.packager.PackagerKey;
import io.playgrant.packager.box.BoxVectors;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors: requests as Shaka Packager 3.4.2 sent them, and answers that it accepted. */
class WidevineVectorsTest {

    private static final JsonNode FILE = BoxVectors.read("widevine-common-encryption.json");

    record Request(JsonNode json) {

        WidevineRequest read() {
            return WidevineRequest.read(json.get("body").asText().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return json.get("name").asText();
        }
    }

    static Stream<Request> requests() {
        return StreamSupport.stream(FILE.get("requests").spliterator(), false).map(Request::new);
    }

    static Stream<Request> signedRequests() {
        return requests().filter(request -> request.json().has("signing"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requests_areRead(Request vector) {
        JsonNode expected = vector.json().get("request");
        if (expected.path("enable_entitlement_license").asBoolean()) {
            assertThatThrownBy(vector::read)
                    .isInstanceOfSatisfying(
                            WidevineException.class,
                            e -> assertThat(e.status()).isEqualTo(WidevineStatus.MALFORMED_REQUEST))
                    .hasMessage("entitlement licences are not supported");
            return;
        }
        WidevineRequest request = vector.read();

        assertThat(request.contentId()).isEqualTo("film-1".getBytes(StandardCharsets.US_ASCII));
        assertThat(request.contentIdText()).isEqualTo("film-1");
        assertThat(request.keyIds()).isEmpty();
        assertThat(request.types()).containsExactly("SD", "HD", "UHD1", "UHD2", "AUDIO");
        assertThat(request.scheme().label().toUpperCase(Locale.ROOT))
                .isEqualTo(expected.get("protection_scheme").asText());
        assertThat(request.policy()).isEqualTo(expected.get("policy").asText());
        assertThat(request.videoFeature())
                .isEqualTo(expected.path("video_feature").asText());
        assertThat(Base64.getEncoder().encodeToString(request.groupId()))
                .isEqualTo(expected.path("group_id").asText());
        assertThat(request.periods())
                .isEqualTo(
                        LongStream.range(0, expected.path("crypto_period_count").asLong())
                                .boxed()
                                .toList());
        assertThat(request.signature().isPresent()).isEqualTo(vector.json().has("signing"));
    }

    @ParameterizedTest
    @MethodSource("signedRequests")
    void signatures_areVerified(Request vector) throws Exception {
        byte[] body = vector.json().get("body").asText().getBytes(StandardCharsets.UTF_8);
        JsonNode envelope = new ObjectMapper().readTree(body);
        byte[] message = Base64.getDecoder().decode(envelope.get("request").asText());
        byte[] signature = Base64.getDecoder().decode(envelope.get("signature").asText());
        WidevineSigner signer = signer(vector.json().get("signing"));

        assertThat(signer.accepts(message, signature)).isTrue();
        assertThat(signer.accepts(message, new byte[0])).isFalse();
        signature[7] ^= 1;
        assertThat(signer.accepts(message, signature)).isFalse();
        signature[7] ^= 1;
        message[7] ^= 1;
        assertThat(signer.accepts(message, signature)).isFalse();
    }

    @Test
    void verify_demandsTheSignatureOfTheSigner() throws Exception {
        WidevineRequest signed = requests().findFirst().orElseThrow().read();
        WidevineRequest unsigned = requests()
                .filter(request -> !request.json().has("signing"))
                .findFirst()
                .orElseThrow()
                .read();
        Request rsa = signedRequests()
                .filter(request -> request.json().at("/signing").has("publicKeyPem"))
                .findFirst()
                .orElseThrow();
        Optional<WidevineSigner> aes = Optional.of(
                signer(signedRequests().findFirst().orElseThrow().json().get("signing")));
        Optional<WidevineSigner> other = Optional.of(signer(rsa.json().get("signing")));

        assertThat(signed.signature().orElseThrow().signer()).isEqualTo("playgrant");
        signed.verify(aes);
        rsa.read().verify(other);
        assertRefused(signed, other, "the signature is wrong");
        assertRefused(rsa.read(), aes, "the signature is wrong");
        assertRefused(signed, Optional.empty(), "the signer is unknown");
        assertRefused(unsigned, aes, "the request has no signature");
    }

    private static void assertRefused(WidevineRequest request, Optional<WidevineSigner> signer, String reason) {
        assertThatThrownBy(() -> request.verify(signer))
                .isInstanceOfSatisfying(
                        WidevineException.class, e -> assertThat(e.status()).isEqualTo(WidevineStatus.SIGNATURE_FAILED))
                .hasMessage(reason);
    }

    private static WidevineSigner signer(JsonNode signing) throws Exception {
        if (signing.has("publicKeyPem")) {
            String pem = signing.get("publicKeyPem").asText().replaceAll("-----[A-Z ]+-----|\\s", "");
            return WidevineSigner.rsa((RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(pem))));
        }
        return WidevineSigner.aes(
                SigningSecret.ofHex(secret(signing.get("key").asText())),
                SigningSecret.ofHex(signing.get("iv").asText()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"noPeriods", "periods0to1"})
    void answers_areThoseOfTheVectors(String name) {
        JsonNode vector = FILE.at("/answers/" + name);
        List<PackagerKey> keys = new ArrayList<>();
        vector.get("keys").forEach(key -> keys.add(key(key)));
        WidevineRequest request = requests().findFirst().orElseThrow().read();

        assertThat(new String(WidevineAnswer.of(request, keys), StandardCharsets.US_ASCII))
                .isEqualTo(vector.get("body").asText());
    }

    private static PackagerKey key(JsonNode key) {
        JsonNode period = key.path("cryptoPeriodIndex");
        return new PackagerKey(
                KeyId.ofHex(key.get("kid").asText()),
                ContentKey.ofHex(secret(key.get("key").asText())),
                "film-1",
                key.get("type").asText(),
                period.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(period.asLong()));
    }

    @Test
    void refusal_isThatOfTheVectors() {
        assertThat(new String(WidevineAnswer.refusal(WidevineStatus.ACCESS_DENIED), StandardCharsets.US_ASCII))
                .isEqualTo(FILE.at("/answers/refused/body").asText());
    }
}
