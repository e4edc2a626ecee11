package io.playgrant.token;

import io.playgrant.error.ErrorCode;
import io.playgrant.token.constraint.Absent;
import io.playgrant.token.constraint.ContiguousIndexes;
import io.playgrant.token.constraint.IpAddress;
import io.playgrant.token.constraint.Matches;
import io.playgrant.token.constraint.NeededForRental;
import io.playgrant.token.constraint.NotBeforeExpiration;
import io.playgrant.token.constraint.Once;
import io.playgrant.token.constraint.Order;
import io.playgrant.token.constraint.PointInTime;
import io.playgrant.token.constraint.Range;
import io.playgrant.token.constraint.WvExtensions;
import jakarta.validation.Valid;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A request for a token: the raw parameters, as the protocol names them (section 2).
 *
 * <p>The rows stand in the order of the protocol's table; each field's constraints are the rule and the errors of its row. The
 * authenticator and the error format are checked by steps of their own, before these.
 */
@NeededForRental(
        parameter = "rental.periodEndTime",
        code = ErrorCode.MISSING_RENTAL_PERIOD_END_TIME,
        order = Order.RENTAL_PERIOD_END_TIME,
        message = "rental.periodEndTime is required with rightsType=Rental",
        groups = Strict.class)
@NeededForRental(
        parameter = "rental.playDuration",
        code = ErrorCode.MISSING_RENTAL_PLAY_DURATION,
        order = Order.RENTAL_PLAY_DURATION,
        message = "rental.playDuration is required with rightsType=Rental",
        groups = Strict.class)
@NotBeforeExpiration(
        code = ErrorCode.INVALID_EXPIRATION_TIME,
        order = Order.NOT_BEFORE + 2,
        message = "notBefore must be earlier than the token's end")
public record TokenRequest(
        Parameter customerAuthenticator,
        Parameter errorFormat,

        @Once(code = ErrorCode.INVALID_GENERAL_FLAGS, order = Order.GENERAL_FLAGS, message = KeyRequest.ONCE)
        @Matches(
                regexp = "0000|00000000",
                code = ErrorCode.INVALID_GENERAL_FLAGS,
                order = Order.GENERAL_FLAGS + 1,
                message = "must be 0000 or 00000000",
                groups = Strict.class)
        @Matches(
                regexp = "0000|00000000|00000001",
                code = ErrorCode.INVALID_GENERAL_FLAGS,
                order = Order.GENERAL_FLAGS + 1,
                message = "must be 0000, 00000000 or 00000001",
                groups = Lenient.class)
        Parameter generalFlags,

        @ContiguousIndexes(
                code = ErrorCode.INVALID_KEY_DATA,
                order = Order.INDEXES,
                message = "indexes run from .0 without gaps to .15, and kid.0 does not stand beside kid")
        KeyIndexes indexes,

        List<@Valid KeyRequest> keys,

        @Once(code = ErrorCode.INVALID_KEY_DATA, order = Order.CONTENT_ID, message = KeyRequest.ONCE)
        @Matches(
                regexp = "\\P{Cc}{0,64}",
                code = ErrorCode.INVALID_KEY_DATA,
                order = Order.CONTENT_ID + 1,
                message = "must have at most 64 characters, and no control character")
        Parameter contentId,

        @Once(code = ErrorCode.INVALID_LICENSE_DURATION, order = Order.LICENSE_DURATION, message = KeyRequest.ONCE)
        @Matches(
                regexp = "[0-9]+",
                code = ErrorCode.INVALID_LICENSE_DURATION,
                order = Order.LICENSE_DURATION + 1,
                message = TokenRequest.SECONDS)
        @Range(
                min = 1,
                max = Integer.MAX_VALUE,
                code = ErrorCode.INVALID_LICENSE_DURATION,
                order = Order.LICENSE_DURATION + 2,
                message = TokenRequest.SECONDS)
        Parameter licenseDuration,

        @WvExtensions(
                part = WvExtension.Part.VALUE,
                code = ErrorCode.EXTENSION_VALUE_MISSING,
                order = Order.WV_EXTENSION,
                message = TokenRequest.EXTENSION)
        @WvExtensions(
                part = WvExtension.Part.TYPE,
                code = ErrorCode.EXTENSION_TYPE_LENGTH,
                order = Order.WV_EXTENSION + 1,
                message = TokenRequest.EXTENSION)
        @WvExtensions(
                part = WvExtension.Part.PAYLOAD,
                code = ErrorCode.EXTENSION_PAYLOAD_ENCODING,
                order = Order.WV_EXTENSION + 2,
                message = TokenRequest.EXTENSION)
        @WvExtensions(
                part = WvExtension.Part.LIMITS,
                code = ErrorCode.INVALID_WV_EXTENSION,
                order = Order.WV_EXTENSION + 3,
                message = "must be given at most 16 times, 1024 characters in all, as percent-encoded UTF-8")
        Parameter wvExtension,

        @Once(code = ErrorCode.INVALID_EXPIRATION_TIME, order = Order.EXPIRATION_TIME, message = KeyRequest.ONCE)
        @PointInTime(
                future = true,
                maxSecondsAhead = TokenRequest.MOST_SECONDS_AHEAD + TokenRequest.CLOCK_SKEW_SECONDS,
                code = ErrorCode.INVALID_EXPIRATION_TIME,
                order = Order.EXPIRATION_TIME + 1,
                message = "must be an RFC 3339 time with Z, or + and seconds, in the future and at most 30 days ahead")
        Parameter expirationTime,

        @Once(code = ErrorCode.INVALID_COOKIE, order = Order.COOKIE, message = KeyRequest.ONCE)
        @Matches(
                regexp = "\\P{Cc}{0,32}",
                code = ErrorCode.INVALID_COOKIE,
                order = Order.COOKIE + 1,
                message = "must have at most 32 characters, and no control character")
        Parameter cookie,

        Parameter useHttps,

        @Absent(code = ErrorCode.DEVICE_ID_NOT_SUPPORTED, order = Order.DEVICE_ID, message = "must not be given")
        Parameter deviceId,

        @Once(code = ErrorCode.INVALID_IP_ADDRESS, order = Order.IP_ADDRESS, message = KeyRequest.ONCE)
        @IpAddress(
                code = ErrorCode.INVALID_IP_ADDRESS,
                order = Order.IP_ADDRESS + 1,
                message = "must be one IPv4 or IPv6 address or CIDR range")
        Parameter ipAddress,

        @Once(
                code = ErrorCode.INVALID_OUTPUT_CONTROL_FLAGS,
                order = Order.OUTPUT_CONTROL_FLAGS,
                message = KeyRequest.ONCE)
        @Matches(
                regexp = ".{8}",
                code = ErrorCode.OUTPUT_CONTROL_FLAG_LENGTH,
                order = Order.OUTPUT_CONTROL_FLAGS + 1,
                message = "must have 8 hexadecimal digits")
        @Matches(
                regexp = "[0-9a-fA-F]*",
                code = ErrorCode.INVALID_OUTPUT_CONTROL_FLAGS,
                order = Order.OUTPUT_CONTROL_FLAGS + 2,
                message = "must be hexadecimal")
        Parameter outputControlFlags,

        @Once(code = ErrorCode.INVALID_RENTAL_DURATION, order = Order.RIGHTS_TYPE, message = KeyRequest.ONCE)
        @Matches(
                regexp = "Rental|BuyToOwn",
                code = ErrorCode.INVALID_RENTAL_DURATION,
                order = Order.RIGHTS_TYPE + 1,
                message = "must be Rental or BuyToOwn")
        Parameter rightsType,

        @Once(
                code = ErrorCode.MISSING_RENTAL_PERIOD_END_TIME,
                order = Order.RENTAL_PERIOD_END_TIME,
                message = KeyRequest.ONCE)
        @PointInTime(
                future = true,
                code = ErrorCode.MISSING_RENTAL_PERIOD_END_TIME,
                order = Order.RENTAL_PERIOD_END_TIME + 1,
                message = "must be an RFC 3339 time with Z, or + and seconds, in the future")
        Parameter rentalPeriodEndTime,

        @Once(
                code = ErrorCode.INVALID_RENTAL_PLAY_DURATION,
                order = Order.RENTAL_PLAY_DURATION,
                message = KeyRequest.ONCE)
        @Matches(
                regexp = "[0-9]+",
                code = ErrorCode.INVALID_RENTAL_PLAY_DURATION,
                order = Order.RENTAL_PLAY_DURATION + 1,
                message = TokenRequest.SECONDS)
        @Range(
                min = 1,
                max = Integer.MAX_VALUE,
                code = ErrorCode.INVALID_RENTAL_PLAY_DURATION,
                order = Order.RENTAL_PLAY_DURATION + 2,
                message = TokenRequest.SECONDS)
        Parameter rentalPlayDuration,

        @Once(code = ErrorCode.INVALID_RENTAL_DURATION, order = Order.RENTAL_DURATION, message = KeyRequest.ONCE)
        @Matches(
                regexp = "[0-9]+",
                code = ErrorCode.INVALID_RENTAL_DURATION,
                order = Order.RENTAL_DURATION + 1,
                message = "must be 0 to 2147483647")
        @Range(
                min = 0,
                max = Integer.MAX_VALUE,
                code = ErrorCode.INVALID_RENTAL_DURATION,
                order = Order.RENTAL_DURATION + 2,
                message = "must be 0 to 2147483647")
        Parameter rentalDuration,

        @Once(code = ErrorCode.INVALID_LICENSE_DURATION, order = Order.PLAYBACK_DURATION, message = KeyRequest.ONCE)
        @Matches(
                regexp = "[0-9]+",
                code = ErrorCode.INVALID_LICENSE_DURATION,
                order = Order.PLAYBACK_DURATION + 1,
                message = TokenRequest.SECONDS)
        @Range(
                min = 1,
                max = Integer.MAX_VALUE,
                code = ErrorCode.INVALID_LICENSE_DURATION,
                order = Order.PLAYBACK_DURATION + 2,
                message = TokenRequest.SECONDS)
        Parameter playbackDuration,

        @Once(code = ErrorCode.INVALID_KEY_DATA, order = Order.MAX_REDEMPTIONS, message = KeyRequest.ONCE)
        @Matches(
                regexp = "[1-9][0-9]{0,2}|1000",
                code = ErrorCode.INVALID_KEY_DATA,
                order = Order.MAX_REDEMPTIONS + 1,
                message = "must be 1 to 1000")
        Parameter maxRedemptions,

        @Once(code = ErrorCode.INVALID_EXPIRATION_TIME, order = Order.NOT_BEFORE, message = KeyRequest.ONCE)
        @PointInTime(
                future = false,
                code = ErrorCode.INVALID_EXPIRATION_TIME,
                order = Order.NOT_BEFORE + 1,
                message = "must be an RFC 3339 time with Z, or + and seconds")
        Parameter notBefore) {

    /** How long a token can be redeemed at most, and by default: 30 days, in seconds. */
    public static final long MOST_SECONDS_AHEAD = 30L * 24 * 60 * 60;

    /** How far the clock of a client that asks for the longest time may be ahead: 60 seconds. */
    static final long CLOCK_SKEW_SECONDS = 60;

    static final String SECONDS = "must be 1 to 2147483647 seconds";

    static final String EXTENSION = "must be <4 characters>,<base64>";

    /** The parameters of this request that the service knows; the others are ignored. */
    public static TokenRequest of(Parameters parameters) {
        KeyIndexes indexes = KeyIndexes.of(parameters);
        return new TokenRequest(
                parameters.get("customerAuthenticator"),
                parameters.get("errorFormat"),
                parameters.get("generalFlags"),
                indexes,
                keys(parameters, indexes),
                parameters.get("contentId"),
                parameters.get("licenseDuration"),
                parameters.get("wvExtension"),
                parameters.get("expirationTime"),
                parameters.get("cookie"),
                parameters.get("useHttps"),
                parameters.get("deviceId"),
                parameters.get("ipAddress"),
                parameters.get("outputControlFlags"),
                parameters.get("rightsType"),
                parameters.get("rental.periodEndTime"),
                parameters.get("rental.playDuration"),
                parameters.get("rentalDuration"),
                parameters.get("playbackDuration"),
                parameters.get("maxRedemptions"),
                parameters.get("notBefore"));
    }

    private static List<KeyRequest> keys(Parameters parameters, KeyIndexes indexes) {
        if (indexes.count() == 0) {
            return indexes.areContiguous() ? List.of(KeyRequest.plain(parameters)) : List.of();
        }
        return IntStream.range(0, indexes.count())
                .mapToObj(index -> KeyRequest.indexed(parameters, index))
                .toList();
    }

    /** Whether the sibling DRMs' rental parameters count. */
    public boolean isRental() {
        return rightsType.isSingle() && rightsType.value().equals("Rental");
    }

    /** Whether the licence URL must be https. */
    public boolean wantsHttps() {
        return useHttps.values().stream().anyMatch(value -> value.equalsIgnoreCase("true") || value.equals("1"));
    }

    /** One of the two parameters that only a rental has. */
    public Parameter rentalParameter(String name) {
        return name.equals("rental.playDuration") ? rentalPlayDuration : rentalPeriodEndTime;
    }

    /**
     * When the token ends: at expirationTime or after 30 days, and for a rental not after the end of its period. What a client's clock is
     * ahead is cut off; validation has refused anything later.
     *
     * @param now the time of issue
     * @throws DateTimeException if a time is not written as the protocol says
     */
    Instant expiresAt(Instant now) {
        Instant latest = now.plusSeconds(MOST_SECONDS_AHEAD);
        Instant asked = expirationTime.isSingle() ? TimeParameter.parse(expirationTime.value(), now) : latest;
        boolean isAhead = asked.isAfter(latest) && !asked.isAfter(latest.plusSeconds(CLOCK_SKEW_SECONDS));
        Instant expiration = isAhead ? latest : asked;
        return isRental() && rentalPeriodEndTime.isSingle()
                ? earlier(TimeParameter.parse(rentalPeriodEndTime.value(), now), expiration)
                : expiration;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Whether notBefore is absent or earlier than the token's end; true as well if a time cannot be read, which is another error. */
    public boolean isNotBeforeEarlierThanExpiration(Instant now) {
        if (!notBefore.isSingle()) {
            return true;
        }
        try {
            return TimeParameter.parse(notBefore.value(), now).isBefore(expiresAt(now));
        } catch (DateTimeException e) {
            return true;
        }
    }

    /** Nothing of what was sent: it may hold secrets. */
    @Override
    public String toString() {
        return "TokenRequest[keys=" + keys.size() + "]";
    }
}
