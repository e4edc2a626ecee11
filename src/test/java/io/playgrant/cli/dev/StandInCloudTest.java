package io.playgrant.cli.dev;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.playgrant.cli.dev.StandInBehaviour.Fault;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.client.LicenseServiceClient;
import io.playgrant.client.LicenseServiceClient.Answer;
import io.playgrant.contentkey.SigningSecret;
import io.playgrant.license.challenge.Challenge.Kind;
import io.playgrant.license.challenge.SampleChallenge;
import io.playgrant.license.cloud.CloudAnswer;
import io.playgrant.license.cloud.CloudProvider;
import io.playgrant.license.cloud.CloudProvider.Padding;
import io.playgrant.license.cloud.CloudRequests;
import io.playgrant.license.cloud.DeviceFacts;
import io.playgrant.license.cloud.ServiceCertificate;
import io.playgrant.token.Claims;
import io.playgrant.token.ClaimsBuilder;
import io.playgrant.token.SampleTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Consumer;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StandInCloudTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] CHALLENGE =
            SampleChallenge.of(SampleTokens.keys(1).get(0).kid()).bytes();

    private final StandInCloud cloud = new StandInCloud(0, StandInBehaviour.GOOD);

    StandInCloudTest() {
        secret(StandInCloud.SIGNING_KEY);
        secret(StandInCloud.DEVICE_SERIAL);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @ParameterizedTest
    @EnumSource
    void message_isVerifiedWithEitherPadding_andAnsweredWithALicence(Padding padding) throws IOException {
        Claims token = token("film");
        CloudAnswer answer = read(ask(cloud.provider(padding), token));

        assertThat(answer.refusal()).isEmpty();
        assertThat(answer.device())
                .contains(new DeviceFacts(
                        "Playgrant",
                        "Stand-in",
                        3,
                        4711L,
                        "PLATFORM_UNVERIFIED",
                        answer.device().orElseThrow().serialHash()));
        assertThat(cloud.requests()).isEqualTo(1);
        JsonNode message = cloud.messages().get(0);
        assertThat(message.get("payload").binaryValue()).isEqualTo(CHALLENGE);
        assertThat(message.get("content_key_specs")).hasSize(1);
    }

    @Test
    void otherPadding_isASignatureThatFails() {
        cloud.behave(StandInBehaviour.GOOD.withPadding(Padding.PKCS7));

        assertThat(status(ask(cloud.provider(Padding.ZERO), token("film")))).isEqualTo("SIGNATURE_FAILED");
        assertThat(status(ask(cloud.provider(Padding.PKCS7), token("film")))).isEqualTo("OK");
    }

    @Test
    void otherCredentials_areASignatureThatFails() {
        CloudProvider good = cloud.provider(Padding.ZERO);
        SigningSecret key = SigningSecret.of(new byte[32]);
        SigningSecret iv = SigningSecret.of(new byte[16]);

        for (CloudProvider bad : new CloudProvider[] {
            new CloudProvider(good.name(), good.url(), key, good.iv(), Padding.ZERO),
            new CloudProvider(good.name(), good.url(), good.key(), iv, Padding.ZERO),
            new CloudProvider("another", good.url(), good.key(), good.iv(), Padding.ZERO)
        }) {
            assertThat(status(ask(bad, token("film")))).isEqualTo("SIGNATURE_FAILED");
        }
        assertThat(cloud.messages()).isEmpty();
    }

    @Test
    void changedMessage_isASignatureThatFails() throws IOException {
        ObjectNode body = (ObjectNode)
                JSON.readTree(CloudRequests.license(CHALLENGE, token("film"), cloud.provider(Padding.ZERO), NOW));
        byte[] message = body.get("request").binaryValue();
        message[message.length / 2] ^= 1;
        body.put("request", message);

        assertThat(status(post(body.toString()))).isEqualTo("SIGNATURE_FAILED");
        for (String other : new String[] {"", "{}", "[]", "Good day"}) {
            assertThat(status(post(other))).isEqualTo("SIGNATURE_FAILED");
        }
    }

    @Test
    void certificateRequest_isAnsweredWithTheCertificate() {
        Answer answer = LicenseServiceClient.post(
                cloud.url(), CloudRequests.certificate(cloud.provider(Padding.ZERO)), PATIENCE);
        ServiceCertificate certificate = CloudAnswer.certificate(answer.status(), answer.body());

        assertThat(certificate.serial())
                .hasSize(32)
                .isEqualTo(cloud.certificate().serial());
        assertThat(certificate.signedMessage())
                .isEqualTo(cloud.certificate().signedMessage())
                .startsWith(8, 5, 18);
        assertThat(certificate.forSetServerCertificate()).startsWith(0x0a);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stand-in:status=ACCESS_DENIED|ACCESS_DENIED|0",
                "stand-in:status=INVALID_LICENSE_CHALLENGE,internal=127|INVALID_LICENSE_CHALLENGE|127",
                "stand-in:status=OK|OK|0",
                "stand-in:slow=1|OK|0",
                "stand-in:colour=red|INVALID_REQUEST|0",
                "stand-in:slow|INVALID_REQUEST|0",
                "stand-in:fault=tired|INVALID_REQUEST|0"
            })
    void contentId_choosesTheStatus(String contentId, String status, int internal) throws IOException {
        Answer answer = ask(cloud.provider(Padding.ZERO), token(contentId));

        assertThat(status(answer)).isEqualTo(status);
        assertThat(JSON.readTree(answer.body()).get("internal_status").intValue())
                .isEqualTo(internal);
    }

    @Test
    void contentId_choosesTheHttpStatus() {
        assertThat(ask(cloud.provider(Padding.ZERO), token("stand-in:http=503")).status())
                .isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource({
        "html, a page of html",
        "empty, an empty body",
        "truncated, a body that is no JSON object",
        "huge, 1048577 bytes",
        "no-license, answered OK without a licence",
        "other-key, holds no key of the token"
    })
    void faults_areRefusedByTheReader(String fault, String reason) {
        CloudAnswer answer = read(ask(cloud.provider(Padding.ZERO), token("stand-in:fault=" + fault)));

        assertThat(answer.refusal().orElseThrow().reason()).contains(reason);
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "RESET"})
    void connection_endsBeforeTheAnswer(Fault fault) {
        cloud.behave(StandInBehaviour.GOOD.withFault(fault));

        assertThatThrownBy(() -> ask(cloud.provider(Padding.ZERO), token("film")))
                .hasMessageStartingWith("The server at 127.0.0.1:");
        cloud.behave(StandInBehaviour.GOOD);
        assertThat(status(ask(cloud.provider(Padding.ZERO), token("film")))).isEqualTo("OK");
    }

    @Test
    void slowAnswer_comesAfterItsDelay() {
        cloud.behave(StandInBehaviour.GOOD.withDelay(300));
        long begin = System.nanoTime();

        assertThat(status(ask(cloud.provider(Padding.ZERO), token("film")))).isEqualTo("OK");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void renewal_isAnsweredWithALicenceWithoutKeys() {
        byte[] renewal = SampleChallenge.of().kind(Kind.RENEWAL).bytes();
        Claims token = token("film");
        Answer answer = LicenseServiceClient.post(
                cloud.url(), CloudRequests.license(renewal, token, cloud.provider(Padding.ZERO), NOW), PATIENCE);

        assertThat(CloudAnswer.of(answer.status(), answer.body(), token, Kind.RENEWAL)
                        .refusal())
                .isEmpty();
        assertThat(read(answer).refusal()).isPresent();
    }

    @Test
    void messagesInAnotherForm_haveTheDocumentedStatus() {
        assertThat(statusOf(message -> message.put("payload", "AA=="))).isEqualTo("INVALID_LICENSE_CHALLENGE");
        assertThat(statusOf(message -> message.remove("payload"))).isEqualTo("INVALID_LICENSE_CHALLENGE");
        assertThat(statusOf(message -> message.put("provider", "another"))).isEqualTo("INVALID_REQUEST");
        assertThat(statusOf(message -> message.put("allowed_track_types", "SD_HD")))
                .isEqualTo("INVALID_REQUEST");
        assertThat(statusOf(message -> message.put("payload", "CAQ="))).isEqualTo("INVALID_REQUEST");
        assertThat(statusOf(message -> message.remove("content_id"))).isEqualTo("CONTENT_ID_MISSING");
        assertThat(statusOf(message -> key(message).put("track_type", "8K"))).isEqualTo("TRACK_TYPE_UNKNOWN");
        assertThat(statusOf(message -> key(message).remove("track_type"))).isEqualTo("TRACK_TYPE_MISSING");
        assertThat(statusOf(message -> key(message).put("security_level", 0))).isEqualTo("INVALID_REQUEST");
        assertThat(statusOf(message -> key(message).put("security_level", 6))).isEqualTo("INVALID_REQUEST");
        assertThat(statusOf(message -> key(message).put("key", "AAAA"))).isEqualTo("INVALID_REQUEST");
        assertThat(statusOf(message -> key(message).put("key_id", "?"))).isEqualTo("INVALID_REQUEST");
        assertThat(statusOf(message ->
                        ((ObjectNode) key(message).get("required_output_protection")).put("hdcp", "HDCP_V9")))
                .isEqualTo("INVALID_REQUEST");
    }

    @Test
    void otherPath_isNotFound() {
        assertThat(LicenseServiceClient.post(cloud.url().resolve("/cenc/getlicense/another"), new byte[0], PATIENCE)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void portInUse_isTold() {
        int port = cloud.url().getPort();

        assertThatThrownBy(() -> new StandInCloud(port, StandInBehaviour.GOOD))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith("Cannot listen on 127.0.0.1:" + port + ": ");
    }

    private String statusOf(Consumer<ObjectNode> change) {
        try {
            ObjectNode body = (ObjectNode)
                    JSON.readTree(CloudRequests.license(CHALLENGE, token("film"), cloud.provider(Padding.ZERO), NOW));
            ObjectNode message = (ObjectNode) JSON.readTree(body.get("request").binaryValue());
            change.accept(message);
            return status(post(signed(message.toString())));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ObjectNode key(ObjectNode message) {
        return (ObjectNode) message.get("content_key_specs").get(0);
    }

    /** Signed by other code than what is tested. */
    private static String signed(String message) {
        try {
            byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(HexFormat.of().parseHex(StandInCloud.KEY), "AES"),
                    new IvParameterSpec(HexFormat.of().parseHex(StandInCloud.IV)));
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(bytes);
            return JSON.createObjectNode()
                    .put("request", Base64.getEncoder().encodeToString(bytes))
                    .put("signature", cipher.doFinal(digest))
                    .put("signer", StandInCloud.PROVIDER)
                    .toString();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Answer ask(CloudProvider provider, Claims token) {
        return LicenseServiceClient.post(cloud.url(), CloudRequests.license(CHALLENGE, token, provider, NOW), PATIENCE);
    }

    private Answer post(String body) {
        return LicenseServiceClient.post(cloud.url(), body.getBytes(StandardCharsets.UTF_8), PATIENCE);
    }

    private static CloudAnswer read(Answer answer) {
        return CloudAnswer.of(answer.status(), answer.body(), token("film"), Kind.NEW);
    }

    private static String status(Answer answer) {
        try {
            return JSON.readTree(answer.body()).path("status").asText();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Claims token(String contentId) {
        return new ClaimsBuilder().contentId(contentId).build();
    }
}
