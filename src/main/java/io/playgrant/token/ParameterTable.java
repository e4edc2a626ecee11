package io.playgrant.token;

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
import static io.playgrant.token.Conditions.absent;
import static io.playgrant.token.Conditions.addressRange;
import static io.playgrant.token.Conditions.aesKey;
import static io.playgrant.token.Conditions.beforeTheEnd;
import static io.playgrant.token.Conditions.contiguousIndexes;
import static io.playgrant.token.Conditions.digitsFrom;
import static io.playgrant.token.Conditions.extensions;
import static io.playgrant.token.Conditions.futureTime;
import static io.playgrant.token.Conditions.given;
import static io.playgrant.token.Conditions.givenForRental;
import static io.playgrant.token.Conditions.givenOrContent;
import static io.playgrant.token.Conditions.hex;
import static io.playgrant.token.Conditions.hexKidOrName;
import static io.playgrant.token.Conditions.length;
import static io.playgrant.token.Conditions.line;
import static io.playgrant.token.Conditions.nameWithoutControls;
import static io.playgrant.token.Conditions.number;
import static io.playgrant.token.Conditions.numberFrom;
import static io.playgrant.token.Conditions.oneOf;
import static io.playgrant.token.Conditions.plainNumberFrom;
import static io.playgrant.token.Conditions.shortName;
import static io.playgrant.token.Conditions.time;
import static io.playgrant.token.ParameterRow.ofEachKey;
import static io.playgrant.token.ParameterRow.ofIndexes;
import static io.playgrant.token.ParameterRow.ofRequest;

import io.playgrant.account.Profile;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The protocol's table of parameters (section 2) as code: every parameter in the order of the checks, with its rules, their codes and
 * their messages. {@code rule} and {@code once} apply to both profiles, {@code strict} and {@code lenient} to one.
 *
 * <p>The error of a parameter is the first rule that it breaks. With several keys, the earlier rule comes first, then the lower index.
 */
final class ParameterTable {

    private static final String KID = "32 hexadecimal digits, or ^ and 1 to 64 characters";
    private static final String SECONDS = "must be 1 to 2147483647 seconds";
    private static final String EXTENSION = "must be <4 characters>,<base64>";

    static final List<ParameterRow> ROWS = List.of(
            // No rules: the steps authenticate and check-error-format check these two earlier.
            ofRequest("customerAuthenticator", TokenRequest::customerAuthenticator),
            ofRequest("errorFormat", TokenRequest::errorFormat),
            ofRequest("generalFlags", TokenRequest::generalFlags)
                    .once(INVALID_GENERAL_FLAGS)
                    .strict(oneOf("0000", "00000000"), INVALID_GENERAL_FLAGS, "must be 0000 or 00000000")
                    .lenient(
                            oneOf("0000", "00000000", "00000001"),
                            INVALID_GENERAL_FLAGS,
                            "must be 0000, 00000000 or 00000001"),
            ofEachKey("kek", KeyRequest::kek)
                    .once(INVALID_ENCRYPTED_KEY)
                    .rule(aesKey(), INVALID_ENCRYPTED_KEY, "must be 32, 48 or 64 hexadecimal digits"),
            // Just before kid, as in the protocol's order of checks.
            ofIndexes()
                    .rule(
                            contiguousIndexes(),
                            INVALID_KEY_DATA,
                            "indexes run from .0 without gaps to .15, and kid.0 does not stand beside kid"),
            ofEachKey("kid", KeyRequest::kid)
                    .rule(givenOrContent(), MISSING_KID, "is required: " + KID)
                    .once(INVALID_KID)
                    .rule(hexKidOrName(), KID_LENGTH, "must be " + KID)
                    .rule(shortName(), KID_NAME_LENGTH, "must have at most 64 characters after the ^")
                    .rule(
                            nameWithoutControls(),
                            INVALID_KID,
                            "must have at least one character after the ^, and no control character"),
            ofEachKey("ek", KeyRequest::ek)
                    .once(INVALID_ENCRYPTED_KEY)
                    .rule(
                            hex(48),
                            INVALID_ENCRYPTED_KEY,
                            "must be 48 hexadecimal digits: a 16-byte content key wrapped per RFC 3394"),
            ofEachKey("contentKey", KeyRequest::contentKey)
                    .once(INVALID_CONTENT_KEY)
                    .rule(length(32), CONTENT_KEY_LENGTH, "must have 32 digits")
                    .rule(hex(), INVALID_CONTENT_KEY, "must be hexadecimal"),
            ofRequest("contentId", TokenRequest::contentId)
                    .once(INVALID_KEY_DATA)
                    .rule(line(64), INVALID_KEY_DATA, "must have at most 64 characters, and no control character"),
            ofEachKey("securityLevel", KeyRequest::securityLevel)
                    .strict(given(), MISSING_SECURITY_LEVEL, "is required: 1 to 5")
                    .once(INVALID_SECURITY_LEVEL)
                    .rule(plainNumberFrom(1, 5), INVALID_SECURITY_LEVEL, "must be 1 to 5"),
            ofEachKey("hdcpOutputControl", KeyRequest::hdcpOutputControl)
                    .strict(given(), MISSING_HDCP_OUTPUT_CONTROL, "is required: 0 to 2")
                    .once(OUTPUT_CONTROL_OUT_OF_RANGE)
                    .rule(number(), INVALID_OUTPUT_CONTROL_FLAGS, "must be a number")
                    .strict(numberFrom(0, 2), OUTPUT_CONTROL_OUT_OF_RANGE, "must be 0 to 2")
                    .lenient(numberFrom(0, 5), OUTPUT_CONTROL_OUT_OF_RANGE, "must be 0 to 5"),
            ofEachKey("trackType", KeyRequest::trackType)
                    .once(INVALID_KEY_DATA)
                    .rule(plainNumberFrom(0, 4), INVALID_KEY_DATA, "must be 0 to 4"),
            ofRequest("licenseDuration", TokenRequest::licenseDuration)
                    .once(INVALID_LICENSE_DURATION)
                    .rule(digitsFrom(1, Integer.MAX_VALUE), INVALID_LICENSE_DURATION, SECONDS),
            ofRequest("wvExtension", TokenRequest::wvExtension)
                    .rule(extensions(WvExtension.Part.VALUE), EXTENSION_VALUE_MISSING, EXTENSION)
                    .rule(extensions(WvExtension.Part.TYPE), EXTENSION_TYPE_LENGTH, EXTENSION)
                    .rule(extensions(WvExtension.Part.PAYLOAD), EXTENSION_PAYLOAD_ENCODING, EXTENSION)
                    .rule(
                            extensions(WvExtension.Part.LIMITS),
                            INVALID_WV_EXTENSION,
                            "must be given at most 16 times, 1024 characters in all, as percent-encoded UTF-8"),
            ofRequest("expirationTime", TokenRequest::expirationTime)
                    .once(INVALID_EXPIRATION_TIME)
                    .rule(
                            futureTime(TokenRequest.MOST_SECONDS_AHEAD + TokenRequest.CLOCK_SKEW_SECONDS),
                            INVALID_EXPIRATION_TIME,
                            "must be an RFC 3339 time with Z, or + and seconds, in the future and at most 30 days ahead"),
            ofRequest("cookie", TokenRequest::cookie)
                    .once(INVALID_COOKIE)
                    .rule(line(32), INVALID_COOKIE, "must have at most 32 characters, and no control character"),
            // Any value is allowed, any number of times.
            ofRequest("useHttps", TokenRequest::useHttps),
            ofRequest("deviceId", TokenRequest::deviceId).rule(absent(), DEVICE_ID_NOT_SUPPORTED, "must not be given"),
            ofRequest("ipAddress", TokenRequest::ipAddress)
                    .once(INVALID_IP_ADDRESS)
                    .rule(addressRange(), INVALID_IP_ADDRESS, "must be one IPv4 or IPv6 address or CIDR range"),
            ofRequest("outputControlFlags", TokenRequest::outputControlFlags)
                    .once(INVALID_OUTPUT_CONTROL_FLAGS)
                    .rule(length(8), OUTPUT_CONTROL_FLAG_LENGTH, "must have 8 hexadecimal digits")
                    .rule(hex(), INVALID_OUTPUT_CONTROL_FLAGS, "must be hexadecimal"),
            ofRequest("rightsType", TokenRequest::rightsType)
                    .once(INVALID_RENTAL_DURATION)
                    .rule(oneOf("Rental", "BuyToOwn"), INVALID_RENTAL_DURATION, "must be Rental or BuyToOwn"),
            ofRequest("rental.periodEndTime", TokenRequest::rentalPeriodEndTime)
                    .strict(givenForRental(), MISSING_RENTAL_PERIOD_END_TIME, "is required with rightsType=Rental")
                    .once(MISSING_RENTAL_PERIOD_END_TIME)
                    .rule(
                            futureTime(),
                            MISSING_RENTAL_PERIOD_END_TIME,
                            "must be an RFC 3339 time with Z, or + and seconds, in the future"),
            ofRequest("rental.playDuration", TokenRequest::rentalPlayDuration)
                    .strict(givenForRental(), MISSING_RENTAL_PLAY_DURATION, "is required with rightsType=Rental")
                    .once(INVALID_RENTAL_PLAY_DURATION)
                    .rule(digitsFrom(1, Integer.MAX_VALUE), INVALID_RENTAL_PLAY_DURATION, SECONDS),
            ofRequest("rentalDuration", TokenRequest::rentalDuration)
                    .once(INVALID_RENTAL_DURATION)
                    .rule(digitsFrom(0, Integer.MAX_VALUE), INVALID_RENTAL_DURATION, "must be 0 to 2147483647"),
            ofRequest("playbackDuration", TokenRequest::playbackDuration)
                    .once(INVALID_LICENSE_DURATION)
                    .rule(digitsFrom(1, Integer.MAX_VALUE), INVALID_LICENSE_DURATION, SECONDS),
            ofRequest("maxRedemptions", TokenRequest::maxRedemptions)
                    .once(INVALID_KEY_DATA)
                    .rule(plainNumberFrom(1, 1000), INVALID_KEY_DATA, "must be 1 to 1000"),
            ofRequest("notBefore", TokenRequest::notBefore)
                    .once(INVALID_EXPIRATION_TIME)
                    .rule(time(), INVALID_EXPIRATION_TIME, "must be an RFC 3339 time with Z, or + and seconds")
                    .rule(beforeTheEnd(), INVALID_EXPIRATION_TIME, "must be earlier than the token's end"));

    private static final Map<Profile, List<ParameterRow>> BY_PROFILE = Arrays.stream(Profile.values())
            .collect(Collectors.toUnmodifiableMap(
                    Function.identity(),
                    profile -> ROWS.stream().map(row -> row.of(profile)).toList()));

    private ParameterTable() {}

    /** The table with the rules of one profile. */
    static List<ParameterRow> of(Profile profile) {
        return Objects.requireNonNull(BY_PROFILE.get(profile));
    }

    /** Whether a request keeps all rules of one profile. Allocates nothing, because nearly every request does. */
    static boolean isKept(TokenRequest request, Profile profile, Instant now) {
        List<ParameterRow> rows = of(profile);
        for (int at = 0; at < rows.size(); at++) {
            ParameterRow row = rows.get(at);
            int count = row.source().count(request);
            for (int number = 0; number < count; number++) {
                if (row.firstBroken(row.source().get(request, number), request, now) != ParameterRow.NONE) {
                    return false;
                }
            }
        }
        return true;
    }
}
