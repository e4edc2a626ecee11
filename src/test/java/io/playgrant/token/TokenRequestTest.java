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
import static io.playgrant.token.SampleRequest.EK;
import static io.playgrant.token.SampleRequest.KEK;
import static io.playgrant.token.SampleRequest.KID;
import static io.playgrant.token.SampleRequest.indexed;
import static io.playgrant.token.SampleRequest.kid;
import static io.playgrant.token.SampleRequest.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Profile;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRequestTest {

    private static final String ONCE = "must be given once, as percent-encoded UTF-8";
    private static final String KEK_RULE = "must be 32, 48 or 64 hexadecimal digits";
    private static final String EK_RULE = "must be 48 hexadecimal digits: a 16-byte content key wrapped per RFC 3394";
    private static final String KID_RULE = "must be 32 hexadecimal digits, or ^ and 1 to 64 characters";
    private static final String KID_CHARACTERS =
            "kid must have at least one character after the ^, and no control character";
    private static final String CONTENT_ID_RULE = "contentId must have at most 64 characters, and no control character";
    private static final String COOKIE_RULE = "cookie must have at most 32 characters, and no control character";
    private static final String SECONDS = "must be 1 to 2147483647 seconds";
    private static final String RENTAL_DURATION_RULE = "rentalDuration must be 0 to 2147483647";
    private static final String EXTENSION_RULE = "wvExtension must be <4 characters>,<base64>";
    private static final String EXTENSION_LIMITS =
            "wvExtension must be given at most 16 times, 1024 characters in all, as percent-encoded UTF-8";
    private static final String EXPIRATION_RULE = "expirationTime must be an RFC 3339 time with Z, or + and seconds,"
            + " in the future and at most 30 days ahead";
    private static final String END_RULE =
            "rental.periodEndTime must be an RFC 3339 time with Z, or + and seconds, in the future";
    private static final String NOT_BEFORE_RULE = "notBefore must be an RFC 3339 time with Z, or + and seconds";
    private static final String NOT_BEFORE_ORDER = "notBefore must be earlier than the token's end";
    private static final String ADDRESS_RULE = "ipAddress must be one IPv4 or IPv6 address or CIDR range";
    private static final String INDEX_RULE =
            ": indexes run from .0 without gaps to .15, and kid.0 does not stand beside kid";
    private static final String EMOJI = "\uD83D\uDE00";

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("refused")
    void validation_refusesWithTheCodeOfTheTable(String label, Row row) {
        Optional<TokenException> refusal = row.request.refusal(row.profile);

        assertThat(refusal.map(TokenException::code)).contains(row.code);
        assertThat(refusal.map(TokenException::details)).contains(row.details);
    }

    static Stream<Arguments> refused() {
        List<Row> rows = new ArrayList<>();
        for (Profile profile : Profile.values()) {
            rows.addAll(refusedByEvery(profile));
        }
        rows.addAll(refusedByOne());
        return rows.stream().map(row -> Arguments.of(row.label(), row));
    }

    private static List<Row> refusedByEvery(Profile profile) {
        return List.of(
                row(profile, once("generalFlags", "0000"), INVALID_GENERAL_FLAGS, "generalFlags " + ONCE),
                row(profile, bad("generalFlags"), INVALID_GENERAL_FLAGS, "generalFlags " + ONCE),
                row(profile, wrapped().with("kek", KEK.substring(1)), INVALID_ENCRYPTED_KEY, "kek " + KEK_RULE),
                row(profile, wrapped().with("kek", KEK + "0"), INVALID_ENCRYPTED_KEY, "kek " + KEK_RULE),
                row(profile, wrapped().with("kek", KEK + "01234567"), INVALID_ENCRYPTED_KEY, "kek " + KEK_RULE),
                row(profile, wrapped().with("kek", KEK + KEK + "00"), INVALID_ENCRYPTED_KEY, "kek " + KEK_RULE),
                row(profile, wrapped().with("kek", "g" + KEK.substring(1)), INVALID_ENCRYPTED_KEY, "kek " + KEK_RULE),
                row(profile, wrapped().with("kek", KEK, KEK), INVALID_ENCRYPTED_KEY, "kek " + ONCE),
                row(profile, wrapped().malformed("kek"), INVALID_ENCRYPTED_KEY, "kek " + ONCE),
                row(profile, plain().without("kid"), MISSING_KID, "kid is required" + KID_RULE.replace("must be", ":")),
                row(
                        profile,
                        plain().with("kid", ""),
                        MISSING_KID,
                        "kid is required" + KID_RULE.replace("must be", ":")),
                row(profile, plain().with("kid", KID.substring(1)), KID_LENGTH, "kid " + KID_RULE),
                row(profile, plain().with("kid", KID + "0"), KID_LENGTH, "kid " + KID_RULE),
                row(profile, plain().with("kid", "g" + KID.substring(1)), KID_LENGTH, "kid " + KID_RULE),
                row(profile, plain().with("kid", " " + KID), KID_LENGTH, "kid " + KID_RULE),
                row(profile, plain().with("kid", KID + "\n"), KID_LENGTH, "kid " + KID_RULE),
                row(profile, plain().with("kid", uuid(KID)), KID_LENGTH, "kid " + KID_RULE),
                row(profile, plain().with("kid", "kid^1"), KID_LENGTH, "kid " + KID_RULE),
                row(
                        profile,
                        plain().with("kid", "^" + "x".repeat(65)),
                        KID_NAME_LENGTH,
                        "kid must have at most 64 characters after the ^"),
                row(
                        profile,
                        plain().with("kid", "^" + EMOJI.repeat(65)),
                        KID_NAME_LENGTH,
                        "kid must have at most 64 characters after the ^"),
                row(
                        profile,
                        plain().with("kid", "^" + "x".repeat(64) + "\n"),
                        KID_NAME_LENGTH,
                        "kid must have at most 64 characters after the ^"),
                row(profile, plain().with("kid", "^"), INVALID_KID, KID_CHARACTERS),
                row(profile, plain().with("kid", "^a\u0000"), INVALID_KID, KID_CHARACTERS),
                row(profile, plain().with("kid", "^\n"), INVALID_KID, KID_CHARACTERS),
                row(profile, plain().with("kid", "^a\u007fb"), INVALID_KID, KID_CHARACTERS),
                row(profile, plain().with("kid", "^a\u0085b"), INVALID_KID, KID_CHARACTERS),
                row(profile, plain().with("kid", KID, KID), INVALID_KID, "kid " + ONCE),
                row(profile, plain().malformed("kid"), INVALID_KID, "kid " + ONCE),
                row(profile, plain().without("kid").malformed("kid"), INVALID_KID, "kid " + ONCE),
                row(profile, wrapped().with("ek", EK.substring(1)), INVALID_ENCRYPTED_KEY, "ek " + EK_RULE),
                row(profile, wrapped().with("ek", EK + "0"), INVALID_ENCRYPTED_KEY, "ek " + EK_RULE),
                row(profile, wrapped().with("ek", EK.substring(16)), INVALID_ENCRYPTED_KEY, "ek " + EK_RULE),
                row(profile, wrapped().with("ek", "g" + EK.substring(1)), INVALID_ENCRYPTED_KEY, "ek " + EK_RULE),
                row(profile, wrapped().with("ek", EK, EK), INVALID_ENCRYPTED_KEY, "ek " + ONCE),
                row(profile, wrapped().malformed("ek"), INVALID_ENCRYPTED_KEY, "ek " + ONCE),
                row(
                        profile,
                        plain().with("contentKey", CONTENT_KEY.substring(1)),
                        CONTENT_KEY_LENGTH,
                        "contentKey must have 32 digits"),
                row(
                        profile,
                        plain().with("contentKey", CONTENT_KEY + "0"),
                        CONTENT_KEY_LENGTH,
                        "contentKey must have 32 digits"),
                row(
                        profile,
                        plain().with("contentKey", CONTENT_KEY.substring(2) + "g"),
                        CONTENT_KEY_LENGTH,
                        "contentKey must have 32 digits"),
                row(
                        profile,
                        plain().with("contentKey", "g" + CONTENT_KEY.substring(1)),
                        INVALID_CONTENT_KEY,
                        "contentKey must be hexadecimal"),
                row(
                        profile,
                        plain().with("contentKey", EMOJI + CONTENT_KEY.substring(1)),
                        INVALID_CONTENT_KEY,
                        "contentKey must be hexadecimal"),
                row(
                        profile,
                        plain().with("contentKey", "\u0661" + CONTENT_KEY.substring(1)),
                        INVALID_CONTENT_KEY,
                        "contentKey must be hexadecimal"),
                row(
                        profile,
                        plain().with("contentKey", CONTENT_KEY, CONTENT_KEY),
                        INVALID_CONTENT_KEY,
                        "contentKey " + ONCE),
                row(profile, plain().malformed("contentKey"), INVALID_CONTENT_KEY, "contentKey " + ONCE),
                row(profile, plain().with("contentId", "x".repeat(65)), INVALID_KEY_DATA, CONTENT_ID_RULE),
                row(profile, plain().with("contentId", EMOJI.repeat(65)), INVALID_KEY_DATA, CONTENT_ID_RULE),
                row(profile, plain().with("contentId", "a\tb"), INVALID_KEY_DATA, CONTENT_ID_RULE),
                row(profile, plain().with("contentId", "a\n"), INVALID_KEY_DATA, CONTENT_ID_RULE),
                row(profile, plain().with("contentId", "a\u009fb"), INVALID_KEY_DATA, CONTENT_ID_RULE),
                row(profile, once("contentId", "a"), INVALID_KEY_DATA, "contentId " + ONCE),
                row(profile, bad("contentId"), INVALID_KEY_DATA, "contentId " + ONCE),
                row(
                        profile,
                        plain().with("securityLevel", "0"),
                        INVALID_SECURITY_LEVEL,
                        "securityLevel must be 1 to 5"),
                row(
                        profile,
                        plain().with("securityLevel", "6"),
                        INVALID_SECURITY_LEVEL,
                        "securityLevel must be 1 to 5"),
                row(
                        profile,
                        plain().with("securityLevel", "01"),
                        INVALID_SECURITY_LEVEL,
                        "securityLevel must be 1 to 5"),
                row(
                        profile,
                        plain().with("securityLevel", "-1"),
                        INVALID_SECURITY_LEVEL,
                        "securityLevel must be 1 to 5"),
                row(
                        profile,
                        plain().with("securityLevel", "high"),
                        INVALID_SECURITY_LEVEL,
                        "securityLevel must be 1 to 5"),
                row(profile, once("securityLevel", "1"), INVALID_SECURITY_LEVEL, "securityLevel " + ONCE),
                row(profile, bad("securityLevel"), INVALID_SECURITY_LEVEL, "securityLevel " + ONCE),
                row(profile, once("hdcpOutputControl", "0"), OUTPUT_CONTROL_OUT_OF_RANGE, "hdcpOutputControl " + ONCE),
                row(profile, bad("hdcpOutputControl"), OUTPUT_CONTROL_OUT_OF_RANGE, "hdcpOutputControl " + ONCE),
                row(
                        profile,
                        plain().with("hdcpOutputControl", "none"),
                        INVALID_OUTPUT_CONTROL_FLAGS,
                        "hdcpOutputControl must be a number"),
                row(
                        profile,
                        plain().with("hdcpOutputControl", "1.0"),
                        INVALID_OUTPUT_CONTROL_FLAGS,
                        "hdcpOutputControl must be a number"),
                row(
                        profile,
                        plain().with("hdcpOutputControl", "\u0661"),
                        INVALID_OUTPUT_CONTROL_FLAGS,
                        "hdcpOutputControl must be a number"),
                row(
                        profile,
                        plain().with("hdcpOutputControl", "-"),
                        INVALID_OUTPUT_CONTROL_FLAGS,
                        "hdcpOutputControl must be a number"),
                row(profile, plain().with("trackType", "5"), INVALID_KEY_DATA, "trackType must be 0 to 4"),
                row(profile, plain().with("trackType", "-1"), INVALID_KEY_DATA, "trackType must be 0 to 4"),
                row(profile, plain().with("trackType", "HD"), INVALID_KEY_DATA, "trackType must be 0 to 4"),
                row(profile, once("trackType", "1"), INVALID_KEY_DATA, "trackType " + ONCE),
                row(profile, bad("trackType"), INVALID_KEY_DATA, "trackType " + ONCE),
                row(profile, duration("licenseDuration", "0"), INVALID_LICENSE_DURATION, "licenseDuration " + SECONDS),
                row(
                        profile,
                        duration("licenseDuration", "2147483648"),
                        INVALID_LICENSE_DURATION,
                        "licenseDuration " + SECONDS),
                row(
                        profile,
                        duration("licenseDuration", "99999999999999999999"),
                        INVALID_LICENSE_DURATION,
                        "licenseDuration " + SECONDS),
                row(profile, duration("licenseDuration", "-1"), INVALID_LICENSE_DURATION, "licenseDuration " + SECONDS),
                row(profile, duration("licenseDuration", "+1"), INVALID_LICENSE_DURATION, "licenseDuration " + SECONDS),
                row(profile, duration("licenseDuration", "1s"), INVALID_LICENSE_DURATION, "licenseDuration " + SECONDS),
                row(
                        profile,
                        duration("licenseDuration", "1.5"),
                        INVALID_LICENSE_DURATION,
                        "licenseDuration " + SECONDS),
                row(profile, once("licenseDuration", "1"), INVALID_LICENSE_DURATION, "licenseDuration " + ONCE),
                row(profile, bad("licenseDuration"), INVALID_LICENSE_DURATION, "licenseDuration " + ONCE),
                row(profile, extensions("abcd"), EXTENSION_VALUE_MISSING, EXTENSION_RULE),
                row(profile, extensions("abcd,"), EXTENSION_VALUE_MISSING, EXTENSION_RULE),
                row(profile, extensions("abcd,AAAA", "efgh,"), EXTENSION_VALUE_MISSING, EXTENSION_RULE),
                row(profile, extensions("abc,AAAA"), EXTENSION_TYPE_LENGTH, EXTENSION_RULE),
                row(profile, extensions("abcde,AAAA"), EXTENSION_TYPE_LENGTH, EXTENSION_RULE),
                row(profile, extensions(",AAAA"), EXTENSION_TYPE_LENGTH, EXTENSION_RULE),
                row(profile, extensions(EMOJI.repeat(2) + ",AAAA"), EXTENSION_TYPE_LENGTH, EXTENSION_RULE),
                row(profile, extensions("abcd,AAA*"), EXTENSION_PAYLOAD_ENCODING, EXTENSION_RULE),
                row(profile, extensions("abcd,A"), EXTENSION_PAYLOAD_ENCODING, EXTENSION_RULE),
                row(profile, extensions("abcd,AA-_"), EXTENSION_PAYLOAD_ENCODING, EXTENSION_RULE),
                row(profile, extensions("abcd,AAAA,AAAA"), EXTENSION_PAYLOAD_ENCODING, EXTENSION_RULE),
                row(profile, extensions("abcd, AAAA"), EXTENSION_PAYLOAD_ENCODING, EXTENSION_RULE),
                row(profile, extensions("a\ncd,AAAA"), INVALID_WV_EXTENSION, EXTENSION_LIMITS),
                row(profile, extensions(extensionsOf(17, 13)), INVALID_WV_EXTENSION, EXTENSION_LIMITS),
                row(profile, extensions(extensionsOf(1, 1_025)), INVALID_WV_EXTENSION, EXTENSION_LIMITS),
                row(profile, extensions(extensionsOf(5, 205)), INVALID_WV_EXTENSION, EXTENSION_LIMITS),
                row(profile, plain().malformed("wvExtension"), INVALID_WV_EXTENSION, EXTENSION_LIMITS),
                row(profile, extensions("abcd,AAAA").malformed("wvExtension"), INVALID_WV_EXTENSION, EXTENSION_LIMITS),
                row(profile, once("expirationTime", "+60"), INVALID_EXPIRATION_TIME, "expirationTime " + ONCE),
                row(profile, bad("expirationTime"), INVALID_EXPIRATION_TIME, "expirationTime " + ONCE),
                row(profile, plain().with("cookie", "x".repeat(33)), INVALID_COOKIE, COOKIE_RULE),
                row(profile, plain().with("cookie", EMOJI.repeat(33)), INVALID_COOKIE, COOKIE_RULE),
                row(profile, plain().with("cookie", "a\rb"), INVALID_COOKIE, COOKIE_RULE),
                row(profile, plain().with("cookie", "a\u001bb"), INVALID_COOKIE, COOKIE_RULE),
                row(profile, once("cookie", "a"), INVALID_COOKIE, "cookie " + ONCE),
                row(profile, bad("cookie"), INVALID_COOKIE, "cookie " + ONCE),
                row(profile, plain().with("deviceId", "a"), DEVICE_ID_NOT_SUPPORTED, "deviceId must not be given"),
                row(profile, once("deviceId", "a"), DEVICE_ID_NOT_SUPPORTED, "deviceId must not be given"),
                row(profile, bad("deviceId"), DEVICE_ID_NOT_SUPPORTED, "deviceId must not be given"),
                row(profile, once("ipAddress", "10.0.0.1"), INVALID_IP_ADDRESS, "ipAddress " + ONCE),
                row(profile, bad("ipAddress"), INVALID_IP_ADDRESS, "ipAddress " + ONCE),
                row(
                        profile,
                        plain().with("outputControlFlags", "0000000"),
                        OUTPUT_CONTROL_FLAG_LENGTH,
                        "outputControlFlags must have 8 hexadecimal digits"),
                row(
                        profile,
                        plain().with("outputControlFlags", "000000000"),
                        OUTPUT_CONTROL_FLAG_LENGTH,
                        "outputControlFlags must have 8 hexadecimal digits"),
                row(
                        profile,
                        plain().with("outputControlFlags", "0000000g"),
                        INVALID_OUTPUT_CONTROL_FLAGS,
                        "outputControlFlags must be hexadecimal"),
                row(
                        profile,
                        once("outputControlFlags", "00000000"),
                        INVALID_OUTPUT_CONTROL_FLAGS,
                        "outputControlFlags " + ONCE),
                row(profile, bad("outputControlFlags"), INVALID_OUTPUT_CONTROL_FLAGS, "outputControlFlags " + ONCE),
                row(
                        profile,
                        plain().with("rightsType", "rental"),
                        INVALID_RENTAL_DURATION,
                        "rightsType must be Rental or BuyToOwn"),
                row(
                        profile,
                        plain().with("rightsType", "Rental\n"),
                        INVALID_RENTAL_DURATION,
                        "rightsType must be Rental or BuyToOwn"),
                row(profile, once("rightsType", "BuyToOwn"), INVALID_RENTAL_DURATION, "rightsType " + ONCE),
                row(profile, bad("rightsType"), INVALID_RENTAL_DURATION, "rightsType " + ONCE),
                row(profile, rental().with("rental.periodEndTime", "+0"), MISSING_RENTAL_PERIOD_END_TIME, END_RULE),
                row(
                        profile,
                        rental().with("rental.periodEndTime", "2026-03-01T12:00:00Z"),
                        MISSING_RENTAL_PERIOD_END_TIME,
                        END_RULE),
                row(
                        profile,
                        rental().with("rental.periodEndTime", "2026-03-02T12:00:00+01:00"),
                        MISSING_RENTAL_PERIOD_END_TIME,
                        END_RULE),
                row(profile, rental().with("rental.periodEndTime", "60"), MISSING_RENTAL_PERIOD_END_TIME, END_RULE),
                row(
                        profile,
                        rental().with("rental.periodEndTime", "+60", "+60"),
                        MISSING_RENTAL_PERIOD_END_TIME,
                        "rental.periodEndTime " + ONCE),
                row(
                        profile,
                        rental().malformed("rental.periodEndTime"),
                        MISSING_RENTAL_PERIOD_END_TIME,
                        "rental.periodEndTime " + ONCE),
                row(profile, plain().with("rental.periodEndTime", "soon"), MISSING_RENTAL_PERIOD_END_TIME, END_RULE),
                row(
                        profile,
                        rental().with("rental.playDuration", "0"),
                        INVALID_RENTAL_PLAY_DURATION,
                        "rental.playDuration " + SECONDS),
                row(
                        profile,
                        rental().with("rental.playDuration", "2147483648"),
                        INVALID_RENTAL_PLAY_DURATION,
                        "rental.playDuration " + SECONDS),
                row(
                        profile,
                        rental().with("rental.playDuration", "1h"),
                        INVALID_RENTAL_PLAY_DURATION,
                        "rental.playDuration " + SECONDS),
                row(
                        profile,
                        rental().with("rental.playDuration", "60", "60"),
                        INVALID_RENTAL_PLAY_DURATION,
                        "rental.playDuration " + ONCE),
                row(
                        profile,
                        rental().malformed("rental.playDuration"),
                        INVALID_RENTAL_PLAY_DURATION,
                        "rental.playDuration " + ONCE),
                row(profile, duration("rentalDuration", "-1"), INVALID_RENTAL_DURATION, RENTAL_DURATION_RULE),
                row(profile, duration("rentalDuration", "2147483648"), INVALID_RENTAL_DURATION, RENTAL_DURATION_RULE),
                row(profile, duration("rentalDuration", "x"), INVALID_RENTAL_DURATION, RENTAL_DURATION_RULE),
                row(profile, once("rentalDuration", "1"), INVALID_RENTAL_DURATION, "rentalDuration " + ONCE),
                row(profile, bad("rentalDuration"), INVALID_RENTAL_DURATION, "rentalDuration " + ONCE),
                row(
                        profile,
                        duration("playbackDuration", "0"),
                        INVALID_LICENSE_DURATION,
                        "playbackDuration " + SECONDS),
                row(
                        profile,
                        duration("playbackDuration", "2147483648"),
                        INVALID_LICENSE_DURATION,
                        "playbackDuration " + SECONDS),
                row(
                        profile,
                        duration("playbackDuration", "x"),
                        INVALID_LICENSE_DURATION,
                        "playbackDuration " + SECONDS),
                row(profile, once("playbackDuration", "1"), INVALID_LICENSE_DURATION, "playbackDuration " + ONCE),
                row(profile, bad("playbackDuration"), INVALID_LICENSE_DURATION, "playbackDuration " + ONCE),
                row(profile, plain().with("maxRedemptions", "0"), INVALID_KEY_DATA, "maxRedemptions must be 1 to 1000"),
                row(
                        profile,
                        plain().with("maxRedemptions", "1001"),
                        INVALID_KEY_DATA,
                        "maxRedemptions must be 1 to 1000"),
                row(
                        profile,
                        plain().with("maxRedemptions", "01"),
                        INVALID_KEY_DATA,
                        "maxRedemptions must be 1 to 1000"),
                row(
                        profile,
                        plain().with("maxRedemptions", "-1"),
                        INVALID_KEY_DATA,
                        "maxRedemptions must be 1 to 1000"),
                row(profile, once("maxRedemptions", "1"), INVALID_KEY_DATA, "maxRedemptions " + ONCE),
                row(profile, bad("maxRedemptions"), INVALID_KEY_DATA, "maxRedemptions " + ONCE),
                row(profile, plain().with("notBefore", "now"), INVALID_EXPIRATION_TIME, NOT_BEFORE_RULE),
                row(
                        profile,
                        plain().with("notBefore", "2026-03-02T12:00:00+00:00"),
                        INVALID_EXPIRATION_TIME,
                        NOT_BEFORE_RULE),
                row(profile, once("notBefore", "+1"), INVALID_EXPIRATION_TIME, "notBefore " + ONCE),
                row(profile, bad("notBefore"), INVALID_EXPIRATION_TIME, "notBefore " + ONCE),
                row(profile, plain().with("notBefore", "+2592000"), INVALID_EXPIRATION_TIME, NOT_BEFORE_ORDER),
                row(
                        profile,
                        plain().with("notBefore", "+60").with("expirationTime", "+60"),
                        INVALID_EXPIRATION_TIME,
                        NOT_BEFORE_ORDER),
                row(
                        profile,
                        plain().with("notBefore", "+2592000").with("expirationTime", "+2592060"),
                        INVALID_EXPIRATION_TIME,
                        NOT_BEFORE_ORDER),
                row(
                        profile,
                        plain().with("notBefore", "2026-03-01T12:01:00Z").with("expirationTime", "+60"),
                        INVALID_EXPIRATION_TIME,
                        NOT_BEFORE_ORDER),
                row(
                        profile,
                        rental().with("notBefore", "+60").with("rental.periodEndTime", "+60"),
                        INVALID_EXPIRATION_TIME,
                        NOT_BEFORE_ORDER),
                row(profile, indexed(1).with("kid", KID), INVALID_KEY_DATA, "kid" + INDEX_RULE),
                row(profile, indexed(1).with("kid.2", KID), INVALID_KEY_DATA, "kid.2" + INDEX_RULE),
                row(profile, indexed(16).with("kid.16", KID), INVALID_KEY_DATA, "kid.16" + INDEX_RULE),
                row(profile, indexed(1).with("trackType.0", "5"), INVALID_KEY_DATA, "trackType.0 must be 0 to 4"),
                row(
                        profile,
                        indexed(2).with("kid.1", KID + "0"),
                        KID_LENGTH,
                        "kid.1 must be 32 hexadecimal digits, or ^ and 1 to 64 characters"),
                row(profile, indexed(2).with("kid.1", KID, KID), INVALID_KID, "kid.1 " + ONCE),
                row(profile, indexed(2).malformed("contentKey.1"), INVALID_CONTENT_KEY, "contentKey.1 " + ONCE),
                row(
                        profile,
                        indexed(2).without("kid.1"),
                        MISSING_KID,
                        "kid.1 is required: 32 hexadecimal digits, or ^ and 1 to 64 characters"),
                row(
                        profile,
                        indexed(2).without("securityLevel.1").with("securityLevel", "6"),
                        INVALID_SECURITY_LEVEL,
                        "securityLevel must be 1 to 5"));
    }

    private static List<Row> refusedByOne() {
        return List.of(
                row(
                        STRICT,
                        plain().with("generalFlags", "00000001"),
                        INVALID_GENERAL_FLAGS,
                        "generalFlags must be 0000 or 00000000"),
                row(
                        STRICT,
                        plain().with("generalFlags", "000"),
                        INVALID_GENERAL_FLAGS,
                        "generalFlags must be 0000 or 00000000"),
                row(
                        LENIENT,
                        plain().with("generalFlags", "00000002"),
                        INVALID_GENERAL_FLAGS,
                        "generalFlags must be 0000, 00000000 or 00000001"),
                row(
                        LENIENT,
                        plain().with("generalFlags", "0001"),
                        INVALID_GENERAL_FLAGS,
                        "generalFlags must be 0000, 00000000 or 00000001"),
                row(
                        STRICT,
                        plain().without("securityLevel"),
                        MISSING_SECURITY_LEVEL,
                        "securityLevel is required: 1 to 5"),
                row(
                        STRICT,
                        indexed(2).without("securityLevel.1"),
                        MISSING_SECURITY_LEVEL,
                        "securityLevel.1 is required: 1 to 5"),
                row(
                        STRICT,
                        plain().without("hdcpOutputControl"),
                        MISSING_HDCP_OUTPUT_CONTROL,
                        "hdcpOutputControl is required: 0 to 2"),
                row(
                        STRICT,
                        indexed(2).without("hdcpOutputControl.0"),
                        MISSING_HDCP_OUTPUT_CONTROL,
                        "hdcpOutputControl.0 is required: 0 to 2"),
                row(
                        STRICT,
                        plain().with("hdcpOutputControl", "3"),
                        OUTPUT_CONTROL_OUT_OF_RANGE,
                        "hdcpOutputControl must be 0 to 2"),
                row(
                        STRICT,
                        plain().with("hdcpOutputControl", "-1"),
                        OUTPUT_CONTROL_OUT_OF_RANGE,
                        "hdcpOutputControl must be 0 to 2"),
                row(
                        STRICT,
                        plain().with("hdcpOutputControl", "99999999999"),
                        OUTPUT_CONTROL_OUT_OF_RANGE,
                        "hdcpOutputControl must be 0 to 2"),
                row(
                        LENIENT,
                        plain().with("hdcpOutputControl", "6"),
                        OUTPUT_CONTROL_OUT_OF_RANGE,
                        "hdcpOutputControl must be 0 to 5"),
                row(
                        LENIENT,
                        plain().with("hdcpOutputControl", "-1"),
                        OUTPUT_CONTROL_OUT_OF_RANGE,
                        "hdcpOutputControl must be 0 to 5"),
                row(
                        STRICT,
                        rental().without("rental.periodEndTime"),
                        MISSING_RENTAL_PERIOD_END_TIME,
                        "rental.periodEndTime is required with rightsType=Rental"),
                row(
                        STRICT,
                        rental().without("rental.playDuration"),
                        MISSING_RENTAL_PLAY_DURATION,
                        "rental.playDuration is required with rightsType=Rental"));
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("accepted")
    void validation_accepts(String label, SampleRequest request, List<Profile> profiles) {
        for (Profile profile : profiles) {
            assertThat(request.refusal(profile)).isEmpty();
        }
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                by(plain(), Profile.values()),
                by(plain().with("generalFlags", "0000"), Profile.values()),
                by(plain().with("generalFlags", "00000000"), Profile.values()),
                by(plain().with("generalFlags", ""), Profile.values()),
                by(plain().with("generalFlags", "00000001"), LENIENT),
                by(wrapped().with("kek", KEK), Profile.values()),
                by(wrapped().with("kek", KEK + KEK.substring(16)), Profile.values()),
                by(wrapped().with("kek", KEK + KEK), Profile.values()),
                by(plain().with("kid", KID.toUpperCase(Locale.ROOT)), Profile.values()),
                by(plain().with("kid", "^x"), Profile.values()),
                by(plain().with("kid", "^^"), Profile.values()),
                by(plain().with("kid", "^" + "x".repeat(64)), Profile.values()),
                by(plain().with("kid", "^" + EMOJI.repeat(64)), Profile.values()),
                by(plain().with("kid", "", KID), Profile.values()),
                by(plain().with("contentId", "x".repeat(64)), Profile.values()),
                by(plain().with("contentId", EMOJI.repeat(64)), Profile.values()),
                by(plain().with("contentId", "<b> & \u00e9\u2028"), Profile.values()),
                by(plain().with("securityLevel", "5"), Profile.values()),
                by(plain().with("hdcpOutputControl", "2"), Profile.values()),
                by(plain().with("hdcpOutputControl", "3"), LENIENT),
                by(plain().with("hdcpOutputControl", "5"), LENIENT),
                by(plain().without("securityLevel").without("hdcpOutputControl"), LENIENT),
                by(plain().with("trackType", "0"), Profile.values()),
                by(plain().with("trackType", "4"), Profile.values()),
                by(duration("licenseDuration", "1"), Profile.values()),
                by(duration("licenseDuration", "2147483647"), Profile.values()),
                by(extensions("abcd,AA=="), Profile.values()),
                by(extensions("abcd,+/+/"), Profile.values()),
                by(extensions(EMOJI.repeat(4) + ",AAAA"), Profile.values()),
                by(extensions("abcd,AAAA", "abcd,AAAA"), Profile.values()),
                by(extensions(extensionsOf(16, 61)), Profile.values()),
                by(extensions(extensionsOf(1, 1_021)), Profile.values()),
                by(extensions(exactlyAtTheLimit()), Profile.values()),
                by(plain().with("cookie", "x".repeat(32)), Profile.values()),
                by(plain().with("cookie", EMOJI.repeat(32)), Profile.values()),
                by(plain().with("useHttps", "true"), Profile.values()),
                by(plain().with("useHttps", "1"), Profile.values()),
                by(plain().with("useHttps", "maybe"), Profile.values()),
                by(plain().with("useHttps[]", "no", "TRUE"), Profile.values()),
                by(plain().with("wvExtension[]", "aaaa,AA==", "bbbb,AA=="), Profile.values()),
                by(plain().without("kid").with("kid[]", KID), Profile.values()),
                by(plain().with("deviceId", ""), Profile.values()),
                by(plain().with("outputControlFlags", "00AAffEE"), Profile.values()),
                by(plain().with("rightsType", "BuyToOwn"), Profile.values()),
                by(rental(), Profile.values()),
                by(rental().with("rental.periodEndTime", "+2592001"), Profile.values()),
                by(rental().with("rental.periodEndTime", "9999-12-31T23:59:59Z"), Profile.values()),
                by(rental().with("rental.playDuration", "1"), Profile.values()),
                by(rental().with("rental.playDuration", "2147483647"), Profile.values()),
                by(rental().without("rental.periodEndTime"), LENIENT),
                by(rental().without("rental.playDuration"), LENIENT),
                by(rental().without("rental.periodEndTime").without("rental.playDuration"), LENIENT),
                by(duration("rentalDuration", "0"), Profile.values()),
                by(duration("rentalDuration", "2147483647"), Profile.values()),
                by(duration("playbackDuration", "1"), Profile.values()),
                by(duration("playbackDuration", "2147483647"), Profile.values()),
                by(plain().with("maxRedemptions", "1"), Profile.values()),
                by(plain().with("maxRedemptions", "1000"), Profile.values()),
                by(plain().with("notBefore", "+0"), Profile.values()),
                by(plain().with("notBefore", " 60"), Profile.values()),
                by(plain().with("notBefore", "+2591999"), Profile.values()),
                by(plain().with("notBefore", "2020-01-01T00:00:00Z"), Profile.values()),
                by(plain().with("notBefore", "+59").with("expirationTime", "+60"), Profile.values()),
                by(indexed(1), Profile.values()),
                by(indexed(16), Profile.values()),
                by(
                        indexed(2)
                                .without("securityLevel.0")
                                .without("securityLevel.1")
                                .with("securityLevel", "3")
                                .without("hdcpOutputControl.1")
                                .with("hdcpOutputControl", "1"),
                        Profile.values()),
                by(plain().with("prFlag", "true").with("rental.x", "y").with("kid.x", "z"), Profile.values()),
                by(plain().with("KID", "a").with("deviceid", "b").malformed("foreign"), Profile.values()));
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

    private static String uuid(String hex) {
        return hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-"
                + hex.substring(16, 20) + "-" + hex.substring(20);
    }

    private static SampleRequest once(String name, String value) {
        return plain().with(name, value, value);
    }

    private static SampleRequest bad(String name) {
        return plain().without(name).malformed(name);
    }

    private static SampleRequest wrapped() {
        return plain().without("contentKey").with("kek", KEK).with("ek", EK);
    }

    private static SampleRequest duration(String name, String value) {
        return plain().with(name, value);
    }

    private static SampleRequest extensions(String... values) {
        return plain().with("wvExtension", values);
    }

    private static SampleRequest rental() {
        return plain().with("rightsType", "Rental")
                .with("rental.periodEndTime", "+86400")
                .with("rental.playDuration", "3600");
    }

    /** So many extensions of so many characters each; the payload's four-character groups decide which lengths there are. */
    private static String[] extensionsOf(int count, int characters) {
        String value = "abcd," + "A".repeat(characters - 5);
        return IntStream.range(0, count).mapToObj(n -> value).toArray(String[]::new);
    }

    private static String[] exactlyAtTheLimit() {
        return Stream.of(extensionsOf(3, 257), extensionsOf(1, 253))
                .flatMap(Arrays::stream)
                .toArray(String[]::new);
    }

    private static Row row(Profile profile, SampleRequest request, ErrorCode code, String details) {
        return new Row(profile, request, code, details);
    }

    private static Arguments by(SampleRequest request, Profile... profiles) {
        return Arguments.of(Arrays.toString(profiles) + " " + request, request, List.of(profiles));
    }

    private record Row(Profile profile, SampleRequest request, ErrorCode code, String details) {
        String label() {
            return profile.label() + " " + code.number();
        }
    }

    private record Step(ErrorCode code, String name, String... repaired) {}
}
