package io.playgrant.license.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.playgrant.TestSecrets;
import io.playgrant.error.TokenException;
import io.playgrant.license.challenge.Challenge;
import io.playgrant.license.challenge.Challenge.Kind;
import io.playgrant.protobuf.ProtoWriter;
import io.playgrant.token.Claims;
import io.playgrant.token.SampleTokens;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudAnswerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Claims TOKEN = SampleTokens.minimalClaims();
    private static final byte[] KID = TOKEN.keys().get(0).kid().toByteArray();
    private static final String SIGNING_KEY = TestSecrets.secret("c2lnbmluZyBrZXkgb2YgYSBzZXNzaW9u");
    private static final String SERIAL = TestSecrets.secret("NjFhNTZjOTJjNzc0ZDBjMGRmNDViODMz");

    /** Looking them up costs milliseconds for each body full of new names. */
    @Test
    void namesOfMembers_areNotInterned() {
        String name = "member " + UUID.randomUUID();
        byte[] body = ("{\"" + name + "\":0,\"status\":\"DENIED\"}").getBytes(StandardCharsets.UTF_8);
        assertThat(CloudAnswer.of(200, body, TOKEN, Challenge.Kind.NEW).status())
                .isEqualTo("DENIED");
        assertThat(name.intern()).isSameAs(name);
    }

    @Test
    void licence_isReadWithTheFactsAboutTheDevice() {
        byte[] license = license(KID);
        ObjectNode answer = answer("OK").put("license", license);
        answer.put("make", "Google")
                .put("model", "ChromeCDM-Linux-x64-4")
                .put("security_level", 3)
                .put("system_id", 20121)
                .put("drm_cert_serial_number", SERIAL)
                .put("platform_verification_status", "PLATFORM_UNVERIFIED");
        answer.putObject("session_state").put("signing_key", SIGNING_KEY);

        CloudAnswer read = CloudAnswer.read(200, bytes(answer), TOKEN);

        assertThat(read.content()).isEqualTo(license);
        assertThat(read.status()).isEqualTo("OK");
        assertThat(read.internalStatus()).isZero();
        assertThat(read.refusal()).isEmpty();
        assertThat(read.device())
                .contains(new DeviceFacts(
                        "Google",
                        "ChromeCDM-Linux-x64-4",
                        3,
                        20121L,
                        "PLATFORM_UNVERIFIED",
                        "7a4520d6935601fa3065c08b9e5f7ec7"));
        assertThat(read.toString()).doesNotContain(SIGNING_KEY, SERIAL);
    }

    @Test
    void factsOfAnotherForm_areLeftOut() {
        ObjectNode answer = answer("OK").put("license", license(KID));
        answer.put("make", "x".repeat(1_000)).put("model", 5).put("security_level", "high");
        answer.put("system_id", 1.5e300).put("drm_cert_serial_number", "");

        assertThat(CloudAnswer.read(200, bytes(answer), TOKEN).device())
                .contains(new DeviceFacts("x".repeat(64), null, null, null, null, null));
        assertThat(CloudAnswer.read(200, bytes(answer("OK").put("license", license(KID))), TOKEN)
                        .device())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ACCESS_DENIED||0|-4001 401 the licence service answered HTTP 200 ACCESS_DENIED: the provider's rules",
                "DRM_DEVICE_CERTIFICATE_REVOKED||127|-4001 401 the licence service answered HTTP 200 DRM_DEVICE_CERTIFICATE_REVOKED,"
                        + " internal status 127: Google has revoked this model",
                "INVALID_LICENSE_CHALLENGE||127|-4001 401 the licence service answered HTTP 200 INVALID_LICENSE_CHALLENGE,"
                        + " internal status 127: Google has revoked this model",
                "INVALID_LICENSE_CHALLENGE|DRM_DEVICE_CERT_SERIAL_REVOKED|0|-4001 401 the licence service answered HTTP 200"
                        + " INVALID_LICENSE_CHALLENGE, DRM_DEVICE_CERT_SERIAL_REVOKED: Google has revoked this device",
                "REVOKED_DEVICE_CERTIFICATE||0|-4001 401 the licence service answered HTTP 200 REVOKED_DEVICE_CERTIFICATE: Google",
                "INVALID_DEVICE_CERTIFICATE||0|-4001 401 the licence service answered HTTP 200 INVALID_DEVICE_CERTIFICATE: the device",
                "DEVICE_NOT_WHITELISTED||0|-4001 401 the licence service answered HTTP 200 DEVICE_NOT_WHITELISTED",
                "VMP_VERIFICATION_FAILED||9|-4001 401 the licence service answered HTTP 200 VMP_VERIFICATION_FAILED, internal status 9",
                "INVALID_LICENSE_CHALLENGE||106|-7008 502 the licence service answered HTTP 200 INVALID_LICENSE_CHALLENGE,"
                        + " internal status 106: the licence request is damaged",
                "INVALID_PSSH||152|-7008 502 the licence service answered HTTP 200 INVALID_PSSH, internal status 152: the PSSH",
                "SIGNATURE_FAILED||0|-7008 502 the licence service answered HTTP 200 SIGNATURE_FAILED: the key, the iv or the padding",
                "INVALID_REQUEST||0|-7008 502 the licence service answered HTTP 200 INVALID_REQUEST: the provider's name",
                "TRACK_TYPE_UNKNOWN||0|-7008 502 the licence service answered HTTP 200 TRACK_TYPE_UNKNOWN: the service does not know",
                "SOMETHING_NEW||77|-7008 502 the licence service answered HTTP 200 SOMETHING_NEW, internal status 77",
                "ok||0|-7008 502 the licence service answered HTTP 200 without a status",
                "||0|-7008 502 the licence service answered HTTP 200 without a status"
            })
    void refusal_hasTheErrorOfItsStatus_andALikelyCause(
            @Nullable String status, @Nullable String message, long internal, String expected) {
        ObjectNode answer = answer(orEmpty(status)).put("internal_status", internal);
        answer.put("status_message", orEmpty(message)).put("make", "Google").put("license", license(KID));

        CloudAnswer read = CloudAnswer.of(200, bytes(answer), TOKEN, Kind.NEW);

        assertThat(read.content()).isEmpty();
        assertThat(read.status()).isEqualTo("ok".equals(status) ? "" : orEmpty(status));
        assertThat(read.internalStatus()).isEqualTo(internal);
        assertThat(read.device()).contains(new DeviceFacts("Google", null, null, null, null, null));
        assertThat(text(read.refusal())).startsWith(expected);
        assertThatExceptionOfType(TokenException.class).isThrownBy(() -> CloudAnswer.read(200, bytes(answer), TOKEN));
    }

    /** A lying service could repeat the keys of the request in them. */
    @Test
    void freeTexts_areNotRepeated() {
        String key = TestSecrets.secret("5ec2e7c0de5ec2e7c0de5ec2e7c0de77");
        ObjectNode answer = answer(key).put("status_message", "cannot read {\"key\":\"" + key + "\"}");

        assertThat(text(CloudAnswer.of(200, bytes(answer), TOKEN, Kind.NEW).refusal()))
                .isEqualTo("-7008 502 the licence service answered HTTP 200 without a status");
        assertThat(CloudAnswer.of(200, bytes(answer), TOKEN, Kind.NEW).status()).isEmpty();
    }

    @Test
    void errorOfHttp_isARefusal_evenWithTheStatusOk() {
        ObjectNode answer = answer("OK").put("license", license(KID));

        assertThat(text(CloudAnswer.of(500, bytes(answer), TOKEN, Kind.NEW).refusal()))
                .isEqualTo("-7008 502 the licence service answered HTTP 500 OK");
        assertThat(text(CloudAnswer.of(503, bytes(answer("SERVICE_UNAVAILABLE")), TOKEN, Kind.NEW)
                        .refusal()))
                .startsWith(
                        "-7008 502 the licence service answered HTTP 503 SERVICE_UNAVAILABLE: the service is overloaded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|''|an empty body",
                "200|<html>Good day</html>|a page of html",
                "502|'  <!DOCTYPE html>'|a page of html",
                "200|Good day|a body that is no JSON object",
                "200|{\"status\":\"OK\",\"lic|a body that is no JSON object",
                "200|[]|a body that is no JSON object",
                "200|\"OK\"|a body that is no JSON object",
                "404|null|a body that is no JSON object"
            })
    void otherBodies_areNoAnswer(int status, String body, String form) {
        assertThat(text(CloudAnswer.of(status, body.getBytes(StandardCharsets.UTF_8), TOKEN, Kind.NEW)
                        .refusal()))
                .isEqualTo("-7008 502 the licence service answered HTTP " + status + " with " + form
                        + "; the URL may be that of another service, or a proxy answered");
    }

    @Test
    void bodiesThatAreTooLongOrTooDeep_areNoAnswer() {
        byte[] huge =
                ("{\"status\":\"OK\",\"license\":\"" + "A".repeat(10_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        byte[] deep = ("{\"a\":" + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8);

        assertThat(text(CloudAnswer.of(200, huge, TOKEN, Kind.NEW).refusal()))
                .startsWith("-7008 502 the licence service answered HTTP 200 with 10000028 bytes;");
        assertThat(text(CloudAnswer.of(200, deep, TOKEN, Kind.NEW).refusal()))
                .startsWith("-7008 502 the licence service answered HTTP 200 with a body that is no JSON object;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "null", "5", "\"=\"", "\"not base64!\"", "{}"})
    void okWithoutALicence_isAFailure(String license) {
        byte[] body = ("{\"status\":\"OK\",\"license\":" + license + "}").getBytes(StandardCharsets.UTF_8);

        assertThat(text(CloudAnswer.of(200, body, TOKEN, Kind.NEW).refusal()))
                .isEqualTo("-7008 502 the licence service answered OK without a licence");
    }

    @Test
    void okWithALicenceForNothing_isAFailure() {
        byte[] other = KID.clone();
        other[0] ^= 1;

        assertThat(reasonOf(license(other), Kind.NEW))
                .isEqualTo("-7008 502 the licence service answered OK with a licence that holds no key of the token");
        assertThat(reasonOf(license(), Kind.NEW))
                .isEqualTo("-7008 502 the licence service answered OK with a licence that holds no key of the token");
        assertThat(reasonOf(new byte[] {8, 4}, Kind.NEW))
                .isEqualTo("-7008 502 the licence service answered OK with a message that is no licence");
        assertThat(reasonOf(new byte[] {8}, Kind.NEW))
                .isEqualTo("-7008 502 the licence service answered OK with a licence that cannot be read");
        assertThat(reasonOf(license(other, KID), Kind.NEW)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"RENEWAL", "RELEASE"})
    void answerAboutAnExistingLicence_needsNoKeys(Kind kind) {
        assertThat(reasonOf(license(), kind)).isEmpty();
        assertThat(reasonOf(new byte[] {8, 2}, kind))
                .isEqualTo("-7008 502 the licence service answered OK with a message that is no licence");
    }

    @Test
    void certificate_isRead() {
        byte[] signed = SampleCertificate.signedMessage("0a0b");
        ObjectNode answer =
                answer("OK").put("message_type", "SERVICE_CERTIFICATE").put("license", signed);

        assertThat(CloudAnswer.certificate(200, bytes(answer)).serial()).isEqualTo("0a0b");
    }

    @Test
    void answerWithoutACertificate_isAFailure() {
        assertThat(text(certificateRefusal(200, bytes(answer("OK").put("license", license(KID))))))
                .isEqualTo("-7008 502 the licence service sent no service certificate: it is another kind of message");
        assertThat(text(certificateRefusal(200, bytes(answer("SIGNATURE_FAILED")))))
                .startsWith("-7008 502 the licence service answered HTTP 200 SIGNATURE_FAILED: the key");
        assertThat(text(certificateRefusal(504, new byte[0])))
                .startsWith("-7008 502 the licence service answered HTTP 504 with an empty body;");
    }

    private static Optional<TokenException> certificateRefusal(int status, byte[] body) {
        try {
            CloudAnswer.certificate(status, body);
            return Optional.empty();
        } catch (TokenException e) {
            return Optional.of(e);
        }
    }

    private static String reasonOf(byte[] license, Kind kind) {
        return text(CloudAnswer.of(200, bytes(answer("OK").put("license", license)), TOKEN, kind)
                .refusal());
    }

    /** Code, status and reason; empty if there is no refusal. */
    private static String text(Optional<TokenException> refusal) {
        return refusal.map(one -> {
                    assertThat(one.details()).isEmpty();
                    return one.code().number() + " " + one.status() + " " + one.reason();
                })
                .orElse("");
    }

    private static ObjectNode answer(String status) {
        return JSON.createObjectNode().put("status", status);
    }

    private static byte[] bytes(ObjectNode answer) {
        return answer.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] license(byte[]... keyIds) {
        ProtoWriter license = new ProtoWriter().message(1, new ProtoWriter().bytes(1, new byte[16]));
        for (byte[] id : keyIds) {
            license.message(
                    3, new ProtoWriter().bytes(1, id).bytes(3, new byte[32]).number(4, 2));
        }
        return new ProtoWriter().number(1, 2).message(2, license).toByteArray();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
