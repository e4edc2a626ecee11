package io.playgrant.keystore;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFieldsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " \r\n\t", "{}", "{\"unknown\":[{}]}", "{\"k\":null,\"kid\":null}"})
    void nothingKnown_isAnEmptyObject(String json) {
        KeyFields fields = read(json);
        assertThat(fields.kid()).isEmpty();
        assertThat(fields.k()).isEmpty();
        assertThat(fields.ek()).isEmpty();
        assertThat(fields.kekId()).isEmpty();
        assertThat(fields.info("before")).isEqualTo("before");
        assertThat(fields.contentId("before")).isEqualTo("before");
        assertThat(fields.expiration(Instant.EPOCH)).isEqualTo(Instant.EPOCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"kid\":\"^film\",}",
                "{} {}",
                "kid=1",
                "{\"info\":\"a\",\"info\":\"b\"}",
                "{\"info\":\"\u0001\"}",
                "\ufeff{}",
                "{\"n\":NaN}"
            })
    void whatIsNoJson_isInvalidSyntax(String json) {
        assertRefused(ErrorCode.KEYSTORE_INVALID_SYNTAX, "the body must be JSON", () -> read(json));
    }

    @Test
    void nesting_hasAnEnd() {
        assertRefused(
                ErrorCode.KEYSTORE_INVALID_SYNTAX,
                "the body must be JSON",
                () -> read("{\"unknown\":" + "[".repeat(10_000)));
    }

    @Test
    void whatIsNotUtf8_isInvalidSyntax() {
        assertRefused(
                ErrorCode.KEYSTORE_INVALID_SYNTAX,
                "the body must be UTF-8",
                () -> KeyFields.read("{\"info\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "1", "null"})
    void whatIsNoObject_isInvalid(String json) {
        assertRefused(ErrorCode.KEYSTORE_INVALID_PARAMETERS, "the body must be a JSON object", () -> read(json));
    }

    @Test
    void kid_isHexadecimalOrAName() {
        assertThat(read("{\"kid\":\"80EA8BC8a58f990ad1f76bc665b30bfa\"}").kid())
                .contains(KeyId.ofHex("80ea8bc8a58f990ad1f76bc665b30bfa"));
        assertThat(read("{\"kid\":\"^kid1\"}").kid()).contains(KeyId.ofHex("80ea8bc8a58f990ad1f76bc665b30bfa"));
        assertThat(KeyFields.readKid("kid", "^" + "\ud83c\udfac".repeat(64)))
                .isEqualTo(KeyId.ofName("\ud83c\udfac".repeat(64)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "^", "film", "80ea8bc8a58f990ad1f76bc665b30bf", "80ea8bc8a58f990ad1f76bc665b30bfg"})
    void otherKid_isInvalid(String kid) {
        assertInvalidKid(kid);
    }

    @Test
    void nameOf65Characters_orWithControlCharactersOrHalfOfOne_isInvalid() {
        assertInvalidKid("^" + "a".repeat(65));
        assertInvalidKid("^a\nb");
        assertInvalidKid("^a\ud83c");
    }

    @Test
    void wrongTypesAndValues_areInvalid_andNotQuoted() {
        String odd = secret("abc9871abc9871abc9871");
        assertInvalid(
                "k must be 32 hexadecimal digits",
                () -> read("{\"k\":\"" + odd + "\"}").k());
        assertInvalid(
                "ek must be 48 hexadecimal digits",
                () -> read("{\"ek\":\"" + odd + "\"}").ek());
        assertInvalid("k must be a string", () -> read("{\"k\":1}").k());
        assertInvalid("kid must be a string", () -> read("{\"kid\":{}}").kid());
        assertInvalid("info must be a string", () -> read("{\"info\":true}").info(null));
    }

    @Test
    void texts_haveAnEnd_andNoControlCharacters() {
        String longest = "\u00e9".repeat(1024);
        assertThat(read("{\"info\":\"" + longest + "\"}").info(null)).isEqualTo(longest);
        assertThat(read("{\"info\":\"a\\r\\n\\tb\"}").info(null)).isEqualTo("a\r\n\tb");
        String text = " must have at most 1024 characters, no control characters";
        String kekId = "kekId must have 1 to 1024 characters, no control characters";
        assertInvalid(kekId, () -> read("{\"kekId\":\"\"}").kekId());
        assertInvalid(kekId, () -> read("{\"kekId\":\"a\\u0000\"}").kekId());
        assertInvalid(
                "contentId" + text, () -> read("{\"contentId\":\"a\\nb\"}").contentId(null));
        assertInvalid(
                "contentId" + text, () -> read("{\"contentId\":\"a\\ud800\"}").contentId(null));
        assertInvalid(
                "info" + text + " but line ends and tabs",
                () -> read("{\"info\":\"" + longest + "a\"}").info(null));
        assertInvalid(
                "info" + text + " but line ends and tabs",
                () -> read("{\"info\":\"a\\u0000\"}").info(null));
    }

    @Test
    void texts_areTakenAwayByNull() {
        KeyFields fields = read("{\"info\":null,\"contentId\":null,\"expiration\":null}");
        assertThat(fields.info("before")).isNull();
        assertThat(fields.contentId("before")).isNull();
        assertThat(fields.expiration(Instant.EPOCH)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2030-12-31T23:59:59Z, 2030-12-31T23:59:59Z",
        "2030-12-31t23:59:59.999z, 2030-12-31T23:59:59Z",
        "2026-12-31T23:59:60Z, 2026-12-31T23:59:59Z",
        "2026-12-31T15:59:60-08:00, 2026-12-31T23:59:59Z",
        "2030-12-31T23:59:59.99999999999999Z, 2030-12-31T23:59:59Z",
        "9999-12-31T23:59:59.9Z, 9999-12-31T23:59:59Z",
        "2031-01-01T01:00:00+01:00, 2031-01-01T00:00:00Z",
        "2030-12-31T22:30:00-01:30, 2031-01-01T00:00:00Z"
    })
    void expiration_isATimeOfRfc3339(String text, Instant time) {
        assertThat(read("{\"expiration\":\"" + text + "\"}").expiration(null)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+60",
                "2030-12-31",
                "2030-12-31T23:59Z",
                "2030-12-31T23:59:59",
                "2030-02-30T00:00:00Z",
                "2030-12-31T24:00:00Z",
                "2030-12-31T23:59:59+19:00",
                "2026-12-31T12:00:60Z",
                "2026-12-31T23:59:60+01:00",
                "9999-12-31T23:59:59-01:00",
                "0000-12-31T23:59:59Z"
            })
    void otherTime_isInvalid(String text) {
        assertInvalid(
                "expiration must be a time of RFC 3339, as in 2030-12-31T23:59:59Z",
                () -> read("{\"expiration\":\"" + text + "\"}").expiration(null));
    }

    private static KeyFields read(String json) {
        return KeyFields.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertInvalidKid(String kid) {
        assertInvalid(
                "after must be 32 hexadecimal digits, or ^ and 1 to 64 characters",
                () -> KeyFields.readKid("after", kid));
    }

    private static void assertInvalid(String details, ThrowingCallable call) {
        assertRefused(ErrorCode.KEYSTORE_INVALID_PARAMETERS, details, call);
    }

    private static void assertRefused(ErrorCode code, String details, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TokenException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.details()).isEqualTo(details);
            assertThat(refusal.status()).isEqualTo(400);
        });
    }
}
