package io.playgrant.token;

import static io.playgrant.token.SampleTokens.bytes;
import static io.playgrant.token.SampleTokens.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORObject;
import io.playgrant.account.Environment;
import io.playgrant.token.sealing.MalformedTokenException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsCodecTest {

    private static final CBOREncodeOptions DETERMINISTIC = new CBOREncodeOptions("ctap2canonical=true");
    private static final String KEY = "8550" + SampleRequest.kid(0) + "50" + SampleRequest.contentKey(0) + "010000";
    private static final String MINIMAL = "a5" + "016a32313437343833363437"
            + "041a69cbb740"
            + "061a69a42a40"
            + "0750000102030405060708090a0b0c0d0e0f"
            + "3a00010000"
            + "a2" + "0100" + "0281" + KEY;
    private static final String MORE = "a3" + "0100" + "0281" + KEY;

    @Test
    void encode_isDocumentedAndDeterministic() {
        assertThat(hex(ClaimsCodec.encode(SampleTokens.minimalClaims()))).isEqualTo(MINIMAL);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("claims")
    void decode_readsWhatEncodeWrote(Claims claims) throws MalformedTokenException {
        assertThat(ClaimsCodec.decode(ClaimsCodec.encode(claims))).isEqualTo(claims);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("claims")
    void encode_isDeterministicCbor(Claims claims) {
        byte[] bytes = ClaimsCodec.encode(claims);

        assertThat(CBORObject.DecodeFromBytes(bytes).EncodeToBytes(DETERMINISTIC))
                .isEqualTo(bytes);
    }

    static Stream<Claims> claims() {
        Instant end = Instant.parse("2026-03-31T12:00:00Z");
        return Stream.of(
                SampleTokens.minimalClaims(),
                SampleTokens.fullClaims(),
                claims(Environment.TEST, end, null),
                claims(Environment.PRODUCTION, Instant.ofEpochSecond(0xFFFF_FFFFL), null),
                claims(Environment.PRODUCTION, Instant.ofEpochSecond(0x1_0000_0000L), null),
                claims(Environment.PRODUCTION, Instant.parse("9999-12-31T23:59:59Z"), null),
                claims(Environment.PRODUCTION, end, "a"),
                claims(Environment.PRODUCTION, end, "x".repeat(23)),
                claims(Environment.PRODUCTION, end, "x".repeat(24)),
                claims(Environment.PRODUCTION, end, "\u00e9".repeat(23)),
                claims(Environment.PRODUCTION, end, "\uD83D\uDE00".repeat(64)),
                claims(Environment.PRODUCTION, end, "\u0001\"\\/<>\u2028"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z"})
    void decode_readsTimesLongAgo(Instant notBefore) throws MalformedTokenException {
        Claims claims = new ClaimsBuilder().notBefore(notBefore).build();

        assertThat(ClaimsCodec.decode(ClaimsCodec.encode(claims))).isEqualTo(claims);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "one more claim, a5016a, a6036161016a",
        "members not minimal, a5016a, b805016a",
        "a tag, a5016a, d83da5016a",
        "an array, a5016a, 85016a",
        "label not minimal, a5016a, a518016a",
        "label as text, a5016a, a561316a",
        "length not minimal, a5016a, a501780a",
        "issuer in bytes, 016a, 014a",
        "issuer as a number, 016a32313437343833363437, 011a7fffffff",
        "issuer with a zero in front, 016a3231, 016b303231",
        "issuer with a sign, 016a3231, 016b2b3231",
        "issuer no number, 016a3231, 016a7831",
        "no issuer, a5016a32313437343833363437, a4",
        "no end, a5016a32313437343833363437041a69cbb740, a4016a32313437343833363437",
        "end as a long, 041a, 041b00000000",
        "end as a float, 041a69cbb740, 04fb41da72edd0000000",
        "end as text, 041a69cbb740, 046a31373734393538343030",
        "end as a bignum, 041a69cbb740, 04c24469cbb740",
        "end beyond all time, 041a69cbb740, 041b7fffffffffffffff",
        "end missing its value, 041a69cbb740, 04f6",
        "empty start, 061a, 05f6061a",
        "no token id, 0750000102030405060708090a0b0c0d0e0f, 07f6",
        "token id as text, 0750, 0770",
        "another private claim, 3a00010000, 3a00010001",
        "private claim not minimal, 3a00010000, 3b0000000000010000",
        "private claim no map, 3a00010000a2, 3a0001000082",
        "no private claim, 3a00010000a2, 3a00010000f6",
        "environment 2, a201000281, a201020281",
        "environment false, a201000281, a201f40281",
        "no environment, a201000281, a10281",
        "keys no array, 028185, 02a185",
        "keys not minimal, 028185, 02980185",
        "key of four, 8550, 8450",
        "key of six, 8550, 8600 50",
        "kid of 15 bytes, 8550, 854f",
        "kid of 17 bytes, 8550, 855100",
        "kid as text, 8550, 8570",
        "order, a20100, a2000 1",
    })
    void decode_refusesAnyOtherForm(String name, String canonical, String other) {
        assertThat(MINIMAL).containsOnlyOnce(canonical);

        assertRefused(MINIMAL.replace(canonical, other.replace(" ", "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "000000",
                "060000",
                "010600",
                "010005",
                "200000",
                "01000000",
                "0100",
                "f60000",
                "01f600",
                "0100f6",
                "18010000",
                "f93c000000",
                "61310000"
            })
    void decode_refusesOtherRulesOfAKey(String rules) {
        assertRefused(MINIMAL.substring(0, MINIMAL.length() - 6) + rules);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0bf6",
                "0b40",
                "0c00",
                "0000",
                "2000",
                "6131 00",
                "0300",
                "03f6",
                "034161",
                "0340",
                "04f6",
                "0420ff",
                "041b00",
                "06f6",
                "0600",
                "0602",
                "06f5",
                "07f6",
                "0780",
                "0700",
                "078180",
                "0781826461626364f6",
                "078182f64100",
                "07818200 4100",
                "0781836461626364410000",
                "078182646162636461 00",
                "08f6",
                "09f6",
                "0af6",
                "0a1801",
                "0af93c00",
                "0a613 1"
            })
    void decode_refusesOtherMembers(String member) {
        assertRefused(MINIMAL.replace("a201000281" + KEY, MORE + member.replace(" ", "")));
    }

    @Test
    void decode_readsMembersInTheirOrderOnly() throws MalformedTokenException {
        String privateClaim = "a201000281" + KEY;

        Claims claims = ClaimsCodec.decode(bytes(MINIMAL.replace(privateClaim, "a4" + MORE.substring(2) + "04010502")));

        assertThat(claims.licenseDuration()).isEqualTo(1);
        assertThat(claims.playbackDuration()).isEqualTo(2);
        assertRefused(MINIMAL.replace(privateClaim, "a4" + MORE.substring(2) + "05020401"));
        assertRefused(MINIMAL.replace(privateClaim, "a4" + MORE.substring(2) + "04010401"));
        assertRefused(MINIMAL.replace(privateClaim, "a4" + MORE.substring(2) + "04010402"));
        assertRefused(MINIMAL.replace(privateClaim, "bf" + MORE.substring(2) + "0401ff"));
    }

    @Test
    void decode_refusesIndefiniteLengths() {
        assertRefused("bf" + MINIMAL.substring(2) + "ff");
        assertRefused(MINIMAL.replace("a201000281" + KEY, "bf01000281" + KEY + "ff"));
        assertRefused(MINIMAL.replace("0281" + KEY, "029f" + KEY + "ff"));
        assertRefused(MINIMAL.replace("016a32313437343833363437", "017f6a32313437343833363437ff"));
        assertRefused(
                MINIMAL.replace("0750000102030405060708090a0b0c0d0e0f", "075f50000102030405060708090a0b0c0d0e0fff"));
    }

    @Test
    void decode_refusesAnotherOrder() {
        assertRefused(MINIMAL.replace("041a69cbb740061a69a42a40", "061a69a42a40041a69cbb740"));
    }

    @Test
    void decode_refusesAnythingAtTheEnd() {
        assertRefused(MINIMAL + "00");
        assertRefused(MINIMAL + "f6");
        assertRefused(MINIMAL + MINIMAL);
    }

    @Test
    void decode_refusesWhatIsNoMap() {
        for (String hex : List.of("", "f6", "00", "80", "a0", "40", "60", "ff", "f97e00", "fb7ff8000000000000")) {
            assertRefused(hex);
        }
    }

    @Test
    void decode_refusesEveryTruncation() {
        String full = hex(ClaimsCodec.encode(SampleTokens.fullClaims()));
        for (int length = 0; length < full.length(); length += 2) {
            assertRefused(full.substring(0, length));
        }
    }

    @Test
    void decode_ofAFlippedBitIsRefusedOrKeepsIt() {
        List<Integer> changed = new ArrayList<>();
        byte[] bytes = ClaimsCodec.encode(SampleTokens.fullClaims());
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                if (!Arrays.equals(ClaimsCodec.encode(ClaimsCodec.decode(flipped)), flipped)) {
                    changed.add(bit);
                }
            } catch (MalformedTokenException e) {
                assertThat(e).hasMessageMatching("the claims (cannot be read|are not in canonical form)");
            }
        }

        assertThat(changed).isEmpty();
    }

    private static Claims claims(Environment environment, Instant expiresAt, @Nullable String contentId) {
        return new ClaimsBuilder()
                .environment(environment)
                .expiresAt(expiresAt)
                .keys(SampleTokens.keys(2))
                .contentId(contentId)
                .build();
    }

    private static void assertRefused(String hex) {
        assertThatExceptionOfType(MalformedTokenException.class).isThrownBy(() -> ClaimsCodec.decode(bytes(hex)));
    }
}
