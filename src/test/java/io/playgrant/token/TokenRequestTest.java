package io.playgrant.token;

import static io.playgrant.account.Profile.LENIENT;
import static io.playgrant.account.Profile.STRICT;
import static io.playgrant.error.ErrorCode.CONTENT_KEY_LENGTH;
import static io.playgrant.error.ErrorCode.DEVICE_ID_NOT_SUPPORTED;
import static io.playgrant.error.ErrorCode.EXTENSION_PAYLOAD_ENCODING;
import static io.playgrant.error.ErrorCode.EXTENSION_TYPE_LENGTH;
import static io.playgrant.error.ErrorCode.EXTENSION_VALUE_MISSING;
import static io.playgrant.error.ErrorCode.INVALID_CONTENT_KEY;
import static io.playgrant.error.ErrorCode.INVALID_COOKIE;
import static io.playgrant.error.ErrorCode.INVALID_ENCRYPTED_KEY;
import static io.playgrant.error.ErrorCode.INVALID_EXPIRATION_TIME;
import static io.playgrant.error.ErrorCode.INVALID_GENERAL_FLAGS;
import static io.playgrant.error.ErrorCode.INVALID_IP_ADDRESS;
import static io.playgrant.error.ErrorCode.INVALID_KEY_DATA;
import static io.playgrant.error.ErrorCode.INVALID_KID;
import static io.playgrant.error.ErrorCode.INVALID_LICENSE_DURATION;
import static io.playgrant.error.ErrorCode.INVALID_OUTPUT_CONTROL_FLAGS;
import static io.playgrant.error.ErrorCode.INVALID_RENTAL_DURATION;
import static io.playgrant.error.ErrorCode.INVALID_RENTAL_PLAY_DURATION;
import static io.playgrant.error.ErrorCode.INVALID_SECURITY_LEVEL;
import static io.playgrant.error.ErrorCode.INVALID_WV_EXTENSION;
import static io.playgrant.error.ErrorCode.KID_LENGTH;
import static io.playgrant.error.ErrorCode.KID_NAME_LENGTH;
import static io.playgrant.error.ErrorCode.MISSING_HDCP_OUTPUT_CONTROL;
import static io.playgrant.error.ErrorCode.MISSING_KID;
import static io.playgrant.error.ErrorCode.MISSING_RENTAL_PERIOD_END_TIME;
import static io.playgrant.error.ErrorCode.MISSING_RENTAL_PLAY_DURATION;
import static io.playgrant.error.ErrorCode.MISSING_SECURITY_LEVEL;
import static io.playgrant.error.ErrorCode.OUTPUT_CONTROL_FLAG_LENGTH;
import static io.playgrant.error.ErrorCode.OUTPUT_CONTROL_OUT_OF_RANGE;
import static io.playgrant.token.SampleRequest.CONTENT_KEY;
import static io.playgrant.token.SampleRequest.KID;
import static io.playgrant.token.SampleRequest.indexed;
import static io.playgrant.token.SampleRequest.kid;
import static io.playgrant.token.SampleRequest.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Profile;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.token.RequestTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRequestTest {

    private static final String EXPIRATION_RULE = "expirationTime must be an RFC 3339 time with Z, or + and seconds,"
            + " in the future and at most 30 days ahead";
    private static final String ADDRESS_RULE = "ipAddress must be one IPv4 or IPv6 address or CIDR range";

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("refused")
    void validation_refusesWithTheCodeOfTheTable(String label, Row row) {
        Optional<TokenException> refusal = row.request().refusal(row.profile());

        assertThat(refusal.map(TokenException::code)).contains(row.code());
        assertThat(refusal.map(TokenException::details)).contains(row.details());
    }

    static Stream<Arguments> refused() {
        return RequestTable.read("refused-requests.csv").stream()
                .map(row ->
                        Arguments.of(row.profile().label() + " " + row.code().number(), row));
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("accepted")
    void validation_accepts(String label, Row row) {
        assertThat(row.request().refusal(row.profile())).isEmpty();
    }

    static Stream<Arguments> accepted() {
        return RequestTable.read("accepted-requests.csv").stream()
                .map(row -> Arguments.of(row.profile().label() + " " + row.request(), row));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1",
                "+60",
                " 60",
                "+2592000",
                "+2592060",
                "2026-03-01T12:00:01Z",
                "2026-03-31T12:00:00Z",
                "2026-03-31T12:01:00.999Z",
                "2026-03-31T12:00:00.999Z",
                "2026-03-02t12:00:00z",
                "2026-03-02T23:59:59Z"
            })
    void expirationTime_accepted(String value) {
        assertThat(plain().with("expirationTime", value).refusal(STRICT)).isEmpty();
        assertThat(plain().with("expirationTime", value).refusal(LENIENT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+0",
                " 0",
                "60",
                "-60",
                "++60",
                "+",
                "+ 60",
                "+60s",
                "+1.5",
                "+2592061",
                "+99999999999999999999",
                "2026-03-01T12:00:00Z",
                "2026-03-01T11:59:59Z",
                "2026-03-31T12:01:01Z",
                "2026-03-02T12:00:00+01:00",
                "2026-03-02T12:00:00+00:00",
                "2026-03-02T12:00:00-00:00",
                "2026-03-02T12:00:00",
                "2026-03-02T24:00:00Z",
                "2026-03-02T12:60:00Z",
                "2026-03-02T12:00:61Z",
                "2026-03-02T12:00Z",
                "2026-03-02 12:00:00Z",
                "2026-03-02",
                "2026-02-30T12:00:00Z",
                "2026-13-02T12:00:00Z",
                "+2026-03-02T12:00:00Z",
                " 2026-03-02T12:00:00Z",
                "20260302T120000Z",
                "tomorrow"
            })
    void expirationTime_refused(String value) {
        for (Profile profile : Profile.values()) {
            assertThat(plain().with("expirationTime", value).refusal(profile)).hasValueSatisfying(refusal -> {
                assertThat(refusal.code()).isEqualTo(INVALID_EXPIRATION_TIME);
                assertThat(refusal.details()).isEqualTo(EXPIRATION_RULE);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "0.0.0.0",
                "255.255.255.255",
                "10.0.0.0/8",
                "10.0.0.1/8",
                "10.0.0.1/32",
                "0.0.0.0/0",
                "::",
                "::1",
                "::/0",
                "2001:db8::1",
                "2001:DB8::1",
                "2001:0db8:0:0:0:0:0:1",
                "2001:db8::/32",
                "2001:db8::1/128",
                "64:ff9b::192.0.2.1"
            })
    void ipAddress_accepted(String value) {
        assertThat(plain().with("ipAddress", value).refusal(STRICT)).isEmpty();
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "1.2.3",
                "127.1",
                "16909060",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.4.",
                ".1.2.3.4",
                "1..3.4",
                "010.0.0.1",
                "1.2.3.00",
                "0x0a.0.0.1",
                "0b1.0.0.0",
                "1-2.2.3.4",
                "1.2.3.*",
                "1.2.3._",
                "*",
                "/8",
                "/",
                " ",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/08",
                "10.0.0.0/00",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/255.0.0.0",
                "10.0.0.0/8/8",
                "10.0.0.1,10.0.0.2",
                "10.0.0.1:80",
                " 10.0.0.1",
                "10.0.0.1 ",
                "10.0.0.1\n",
                "\t10.0.0.1",
                "+1.2.3.4",
                "\u0661.2.3.4",
                "\uff11.2.3.4",
                "::ffff:1.2.3.4",
                "::ffff:102:304",
                "::ffff:0:0/96",
                "fe80::1%eth0",
                "fe80::1%25eth0",
                "fe80::1%",
                "[::1]",
                "::g",
                ":",
                ":::",
                "2001:db8::1::2",
                "00001::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "::/129",
                "2001:db8::/032",
                "2001:db8:*::",
                "2001-2002::",
                "::1.2.3",
                "::01.2.3.4",
                "20010db8000000000000000000000001",
                "4)+k&C#VzJ4br>0wv%Yp",
                "localhost"
            })
    void ipAddress_refused(String value) {
        assertThat(plain().with("ipAddress", value).refusal(STRICT)).hasValueSatisfying(refusal -> {
            assertThat(refusal.code()).isEqualTo(INVALID_IP_ADDRESS);
            assertThat(refusal.details()).isEqualTo(ADDRESS_RULE);
        });
    }

    @Test
    void ipAddress_emptyIsAbsent() {
        SampleRequest request = plain().with("ipAddress", "");

        assertThat(request.refusal(STRICT)).isEmpty();
        assertThat(request.request().ipAddress().isAbsent()).isTrue();
    }

    @Test
    void validation_followsTheOrderOfTheTable() {
        SampleRequest request = SampleRequest.empty()
                .with("generalFlags", "x")
                .with("kek", "x")
                .with("ek", "x")
                .with("contentKey", "x")
                .with("contentId", "\n")
                .with("licenseDuration", "x")
                .with("wvExtension", "x")
                .with("expirationTime", "x")
                .with("cookie", "\n")
                .with("deviceId", "x")
                .with("ipAddress", "x")
                .with("outputControlFlags", "x")
                .with("rightsType", "x")
                .with("rental.periodEndTime", "x")
                .with("rental.playDuration", "x")
                .with("rentalDuration", "x")
                .with("playbackDuration", "x")
                .with("maxRedemptions", "x")
                .with("notBefore", "x");
        List<Step> steps = List.of(
                new Step(INVALID_GENERAL_FLAGS, "generalFlags"),
                new Step(INVALID_ENCRYPTED_KEY, "kek"),
                new Step(MISSING_KID, "kid", "x"),
                new Step(KID_LENGTH, "kid", "^" + "\n".repeat(65)),
                new Step(KID_NAME_LENGTH, "kid", "^\n"),
                new Step(INVALID_KID, "kid", KID),
                new Step(INVALID_ENCRYPTED_KEY, "ek"),
                new Step(CONTENT_KEY_LENGTH, "contentKey", "g" + CONTENT_KEY.substring(1)),
                new Step(INVALID_CONTENT_KEY, "contentKey", CONTENT_KEY),
                new Step(INVALID_KEY_DATA, "contentId"),
                new Step(MISSING_SECURITY_LEVEL, "securityLevel", "x"),
                new Step(INVALID_SECURITY_LEVEL, "securityLevel", "1"),
                new Step(MISSING_HDCP_OUTPUT_CONTROL, "hdcpOutputControl", "x"),
                new Step(INVALID_OUTPUT_CONTROL_FLAGS, "hdcpOutputControl", "9"),
                new Step(OUTPUT_CONTROL_OUT_OF_RANGE, "hdcpOutputControl", "0"),
                new Step(INVALID_LICENSE_DURATION, "licenseDuration"),
                new Step(EXTENSION_VALUE_MISSING, "wvExtension", "x,*"),
                new Step(EXTENSION_TYPE_LENGTH, "wvExtension", "\nabc,*"),
                new Step(EXTENSION_PAYLOAD_ENCODING, "wvExtension", "\nabc,AAAA"),
                new Step(INVALID_WV_EXTENSION, "wvExtension"),
                new Step(INVALID_EXPIRATION_TIME, "expirationTime"),
                new Step(INVALID_COOKIE, "cookie"),
                new Step(DEVICE_ID_NOT_SUPPORTED, "deviceId"),
                new Step(INVALID_IP_ADDRESS, "ipAddress"),
                new Step(OUTPUT_CONTROL_FLAG_LENGTH, "outputControlFlags", "0000000g"),
                new Step(INVALID_OUTPUT_CONTROL_FLAGS, "outputControlFlags"),
                new Step(INVALID_RENTAL_DURATION, "rightsType", "Rental"),
                new Step(MISSING_RENTAL_PERIOD_END_TIME, "rental.periodEndTime"),
                new Step(MISSING_RENTAL_PERIOD_END_TIME, "rental.periodEndTime", "+60"),
                new Step(INVALID_RENTAL_PLAY_DURATION, "rental.playDuration"),
                new Step(MISSING_RENTAL_PLAY_DURATION, "rental.playDuration", "60"),
                new Step(INVALID_RENTAL_DURATION, "rentalDuration"),
                new Step(INVALID_LICENSE_DURATION, "playbackDuration"),
                new Step(INVALID_KEY_DATA, "maxRedemptions"),
                new Step(INVALID_EXPIRATION_TIME, "notBefore", "+60"),
                new Step(INVALID_EXPIRATION_TIME, "notBefore"));

        List<ErrorCode> seen = new ArrayList<>();
        for (Step step : steps) {
            request.refusal(STRICT).map(TokenException::code).ifPresent(seen::add);
            request.with(step.name, step.repaired);
        }

        assertThat(seen)
                .containsExactlyElementsOf(steps.stream().map(Step::code).toList());
        assertThat(request.refusal(STRICT)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void validation_putsIndexesBetweenKekAndKid(Profile profile) {
        SampleRequest request = indexed(1).with("kek.0", "x").with("kid.0", "x").with("kid.2", KID);

        assertThat(request.refusal(profile).map(TokenException::code)).contains(INVALID_ENCRYPTED_KEY);
        assertThat(request.without("kek.0").refusal(profile).map(TokenException::code))
                .contains(INVALID_KEY_DATA);
        assertThat(request.without("kid.2").refusal(profile).map(TokenException::code))
                .contains(KID_LENGTH);
    }

    @Test
    void of_keepsTheOrderOfTheIndexes() {
        TokenRequest request = SampleRequest.empty()
                .with("kid.1", kid(1))
                .with("kid.0", kid(0))
                .with("kid.2", kid(2))
                .request();

        assertThat(request.keys()).extracting(key -> key.kid().value()).containsExactly(kid(0), kid(1), kid(2));
    }

    @Test
    void wantsHttps_onlyForTrueAndOne() {
        assertThat(plain().request().wantsHttps()).isFalse();
        assertThat(plain().with("useHttps", "true").request().wantsHttps()).isTrue();
        assertThat(plain().with("useHttps", "1").request().wantsHttps()).isTrue();
        assertThat(plain().with("useHttps", "TRUE").request().wantsHttps()).isTrue();
        assertThat(plain().with("useHttps", "yes").request().wantsHttps()).isFalse();
        assertThat(plain().with("useHttps", "0").request().wantsHttps()).isFalse();
    }

    @Test
    void toString_showsNothingThatWasSent() {
        assertThat(indexed(2).with("cookie", "crumbs").request()).hasToString("TokenRequest[keys=2]");
    }

    private record Step(ErrorCode code, String name, String... repaired) {}
}
