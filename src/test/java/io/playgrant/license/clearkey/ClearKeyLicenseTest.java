package io.playgrant.license.clearkey;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.RepeatableRandom;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.TokenException;
import io.playgrant.license.challenge.Challenge;
import io.playgrant.packager.box.BoxVectors;
import io.playgrant.token.Claims;
import io.playgrant.token.ClaimsBuilder;
import io.playgrant.token.HdcpOutputControl;
import io.playgrant.token.SecurityLevel;
import io.playgrant.token.TokenKey;
import io.playgrant.token.TrackType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClearKeyLicenseTest {

    /** The example of EME section 9.1.4, without the marks of base64 padding: kid and k of its only key. */
    private static final String KID = "LwVHf8JLtPrv2GUXFW2v_A";

    private static final String KEY = secret("tQ0bJVWb6b0KPL6KtZIy_A");
    private static final TokenKey FIRST = key("2f05477fc24bb4faefd86517156daffc", "b50d1b25559be9bd0a3cbe8ab59232fc");
    private static final TokenKey SECOND =
            key("00112233445566778899aabbccddeeff", secret("5ec2e7c0de5ec2e7c0de5ec2e7c0de66"));

    @Test
    void licence_isThatOfTheSpecification() {
        assertThat(answer("{\"kids\":[\"" + KID + "\"],\"type\":\"temporary\"}", token()))
                .isEqualTo("{\"keys\":[{\"kty\":\"oct\",\"kid\":\"" + KID + "\",\"k\":\"" + KEY
                        + "\"}],\"type\":\"temporary\"}");
    }

    /** The same JWK Set as in the vectors for packagers. */
    @ParameterizedTest
    @MethodSource("io.playgrant.packager.box.BoxVectors#all")
    void licence_isThatOfTheVectors(BoxVectors.Vector vector) {
        JsonNode expected = vector.expected("/clearKey/jwkSet");
        Claims token = new ClaimsBuilder()
                .keys(List.of(key(vector.kid().toString(), vector.key().revealHex())))
                .build();

        assertThat(answer("{\"kids\":[" + expected.at("/keys/0/kid") + "]}", token))
                .isEqualTo(expected.toString());
    }

    @Test
    void licence_holdsTheKeysThatAreAskedFor_inThatOrder() {
        String answer = answer(
                "{\"type\":\"temporary\",\"kids\":[\"ABEiM0RVZneImaq7zN3u_w\",\"AAAAAAAAAAAAAAAAAAAAAA\",\"" + KID
                        + "\",\"ABEiM0RVZneImaq7zN3u_w\",\"short\",\"\"]}",
                token());

        assertThat(answer)
                .startsWith("{\"keys\":[{\"kty\":\"oct\",\"kid\":\"ABEiM0RVZneImaq7zN3u_w\",\"k\":\"")
                .endsWith("},{\"kty\":\"oct\",\"kid\":\"" + KID + "\",\"k\":\"" + KEY + "\"}],\"type\":\"temporary\"}");
    }

    @Test
    void request_isReadAsOneForANewLicence() {
        assertThat(ClearKeyLicense.read(("{\"kids\":[\"" + KID + "\",\"short\"],\"type\":\"persistent-license\"}")
                        .getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Challenge(Challenge.Kind.NEW, List.of(FIRST.kid()), true, Optional.empty()));
    }

    @Test
    void sameKidTwiceInTheToken_givesItsFirstKey() {
        Claims token = new ClaimsBuilder()
                .keys(List.of(FIRST, key("2f05477fc24bb4faefd86517156daffc", "00112233445566778899aabbccddee00")))
                .build();

        assertThat(answer("{\"kids\":[\"" + KID + "\"]}", token)).contains(KEY).containsOnlyOnce("kty");
    }

    @Test
    void unknownMembers_areIgnored_andTheTypeIsTemporaryByDefault() {
        assertThat(answer("{\"a\":[{\"kids\":[]}],\"kids\":[\"" + KID + "\"],\"b\":null}", token()))
                .endsWith("\"type\":\"temporary\"}");
    }

    @Test
    void storedLicence_needsAPersistentToken() {
        String request = "{\"kids\":[\"" + KID + "\"],\"type\":\"persistent-license\"}";

        assertThat(answer(
                        request,
                        new ClaimsBuilder()
                                .keys(List.of(FIRST))
                                .persistent(true)
                                .build()))
                .endsWith("\"type\":\"persistent-license\"}");
        assertThat(answer(request, token()))
                .isEqualTo("-4010 401 : persistent licence asked for, token does not allow it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"kids\":[]}|-7008 400 no licence request: none of kids is the base64url of 16 bytes",
                "{\"kids\":[\"AAAAAAAAAAAAAAAAAAAAAA\"]}|-4010 401 : wrong content",
                "{\"kids\":[\"LwVHf8JLtPrv2GUXFW2v/A\"]}|-7008 400 no licence request: none of kids is the base64url of 16 bytes",
                "{\"kids\":[\"863d0db7d7cd936f8429635800000000\"]}|-7008 400 no licence request: none of kids is the base64url of 16 bytes",
                "{}|-7008 400 no licence request: kids are missing",
                "{\"type\":\"temporary\"}|-7008 400 no licence request: kids are missing",
                "{\"kids\":\"LwVHf8JLtPrv2GUXFW2v_A\"}|-7008 400 no licence request: kids must be an array",
                "{\"kids\":[5]}|-7008 400 no licence request: kids must be texts",
                "{\"kids\":[[]]}|-7008 400 no licence request: kids must be texts",
                "{\"kids\":[],\"type\":\"forever\"}|-7008 400 no licence request: type must be temporary or persistent-license",
                "{\"kids\":[],\"type\":null}|-7008 400 no licence request: type must be temporary or persistent-license",
                "{\"kids\":[],\"type\":{}}|-7008 400 no licence request: type must be temporary or persistent-license",
                "[]|-7008 400 no licence request: the body is no JSON object",
                "5|-7008 400 no licence request: the body is no JSON object",
                "``|-7008 400 no licence request: the body is no JSON object",
                "{\"kids\":[\"LwVHf8JLtPrv2GUXFW2v_A\"]} {}|-7008 400 no licence request: there is something after the JSON object",
                "{\"kids\":[|-7008 400 no licence request: the body is no JSON, or was cut",
                "{\"kids|-7008 400 no licence request: the body is no JSON, or was cut",
                "{\"kids\":[],}|-7008 400 no licence request: the body is no JSON, or was cut",
                "kids|-7008 400 no licence request: the body is no JSON, or was cut",
                "{\"kids\":[],\"kids\":[]}|-7008 400 no licence request: kids must be given once",
                "{\"type\":\"temporary\",\"type\":\"persistent-license\"}|-7008 400 no licence request: type must be given once"
            })
    void otherBodies_areRefused(String request, String refusal) {
        assertThat(answer(request, token())).isEqualTo(refusal);
    }

    @Test
    void bodiesThatAreTooLongOrTooDeep_areRefused() {
        assertThat(answer("{\"kids\":[],\"a\":\"" + "x".repeat(65_536) + "\"}", token()))
                .isEqualTo("-7008 400 no licence request: the body has 65554 bytes, a licence request at most 65536");
        assertThat(answer("{\"a\":" + "[".repeat(10_000), token()))
                .isEqualTo("-7008 400 no licence request: the body is no JSON, or was cut");
    }

    @Test
    void body_isUtf8WithoutByteOrderMark() {
        String request = "{\"kids\":[\"" + KID + "\"]}";
        assertThat(answer(request.getBytes(StandardCharsets.UTF_16BE), token())).startsWith("-7008 400 ");
        assertThat(answer(request.getBytes(Charset.forName("UTF-32LE")), token()))
                .startsWith("-7008 400 ");
        assertThat(answer("\ufeff" + request, token())).startsWith("-7008 400 ");
        assertThat(answer("{\"\u00e4\":0}".getBytes(StandardCharsets.ISO_8859_1), token()))
                .isEqualTo("-7008 400 no licence request: the body is not UTF-8");
    }

    /** Looking them up costs milliseconds for each body full of new names. */
    @Test
    void namesOfMembers_areNotInterned() {
        String name = "member " + UUID.randomUUID();
        assertThat(answer("{\"" + name + "\":0,\"kids\":[\"" + KID + "\"]}", token()))
                .contains(KEY);
        assertThat(name.intern()).isSameAs(name);
    }

    @Test
    void everyTruncationAndFlippedBit_isAnsweredOrRefused() {
        byte[] request = ("{\"kids\":[\"" + KID + "\"],\"type\":\"temporary\"}").getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < request.length; length++) {
            assertThat(answer(Arrays.copyOf(request, length), token())).startsWith("-7008 400 ");
        }
        for (int bit = 0; bit < request.length * 8; bit++) {
            byte[] flipped = request.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(answer(flipped, token())).matches("(-7008 400 |-4010 401 |\\{\"keys\":).*");
        }
        RepeatableRandom random = new RepeatableRandom(20_261_124);
        for (int round = 0; round < 10_000; round++) {
            byte[] bytes = new byte[round % 60];
            random.nextBytes(bytes);
            assertThat(answer(bytes, token())).startsWith("-7008 400 ");
        }
    }

    private static Claims token() {
        return new ClaimsBuilder().keys(List.of(SECOND, FIRST)).build();
    }

    private static TokenKey key(String kid, String contentKey) {
        return new TokenKey(
                KeyId.ofHex(kid),
                ContentKey.ofHex(secret(contentKey)),
                SecurityLevel.SW_SECURE_CRYPTO,
                HdcpOutputControl.HDCP_NONE,
                TrackType.HD);
    }

    private static String answer(String request, Claims token) {
        return answer(request.getBytes(StandardCharsets.UTF_8), token);
    }

    /** The licence, or code, status, details and reason of the refusal. */
    private static String answer(byte[] request, Claims token) {
        try {
            return new String(ClearKeyLicense.answer(request, token), StandardCharsets.UTF_8);
        } catch (TokenException e) {
            return e.code().number() + " " + e.status() + " " + e.details() + ": " + e.reason();
        }
    }
}
