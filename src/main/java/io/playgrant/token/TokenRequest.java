package io.playgrant.token;

import io.playgrant.account.Profile;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for a token: the raw parameters, as the protocol names them (section 2).
 *
 * <p>The components stand in the order of the protocol's table; {@link ParameterTable} has the rules and the errors of each.
 */
@ValidParameters(profile = Profile.STRICT, groups = Strict.class)
@ValidParameters(profile = Profile.LENIENT, groups = Lenient.class)
public record TokenRequest(
        Parameter customerAuthenticator,
        Parameter errorFormat,
        Parameter generalFlags,
        KeyIndexes indexes,
        List<KeyRequest> keys,
        Parameter contentId,
        Parameter licenseDuration,
        Parameter wvExtension,
        Parameter expirationTime,
        Parameter cookie,
        Parameter useHttps,
        Parameter deviceId,
        Parameter ipAddress,
        Parameter outputControlFlags,
        Parameter rightsType,
        Parameter rentalPeriodEndTime,
        Parameter rentalPlayDuration,
        Parameter rentalDuration,
        Parameter playbackDuration,
        Parameter maxRedemptions,
        Parameter notBefore) {

    /** The longest and default lifetime of a token: 30 days, in seconds. */
    public static final long MOST_SECONDS_AHEAD = 30L * 24 * 60 * 60;

    /** How far ahead the clock of a client may be that requests the longest lifetime: 60 seconds. */
    static final long CLOCK_SKEW_SECONDS = 60;

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
        List<KeyRequest> keys = new ArrayList<>(indexes.count());
        for (int index = 0; index < indexes.count(); index++) {
            keys.add(KeyRequest.indexed(parameters, index));
        }
        return Collections.unmodifiableList(keys);
    }

    /**
     * Whether validation finds nothing: the answer of {@link ValidParameters} without the costs of a validation.
     *
     * @param now the time of the validation
     */
    public boolean keepsAllRules(Profile profile, Instant now) {
        return ParameterTable.isKept(this, profile, now.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Whether the request names its keys by {@code contentId} alone: it has no kid, no key material and no index. */
    public boolean namesContentOnly() {
        if (contentId.isAbsent() || indexes.count() > 0 || keys.size() != 1) {
            return false;
        }
        KeyRequest rules = keys.get(0);
        return rules.kid().isAbsent() && rules.material() == KeyMaterial.HELD;
    }

    /** Whether the request is a rental, so that the rental parameters have an effect. */
    public boolean isRental() {
        return rightsType.isSingle() && rightsType.value().equals("Rental");
    }

    /** Whether the licence URL must be https. */
    public boolean wantsHttps() {
        for (String value : useHttps.values()) {
            if (value.equalsIgnoreCase("true") || value.equals("1")) {
                return true;
            }
        }
        return false;
    }

    /**
     * The expiry of the token: expirationTime or 30 days, and for a rental at most the end of its period. A time slightly beyond 30 days is
     * reduced, because the client's clock may be ahead; validation has refused later times.
     *
     * @param now the time of issue
     * @throws DateTimeException if a time does not have a form of the protocol
     */
    Instant expiresAt(Instant now) {
        Instant latest = now.plusSeconds(MOST_SECONDS_AHEAD);
        Instant asked = expirationTime.isSingle() ? TimeParameter.parse(expirationTime.value(), now) : latest;
        boolean isAhead = asked.isAfter(latest) && !asked.isAfter(latest.plusSeconds(CLOCK_SKEW_SECONDS));
        Instant expiration = isAhead ? latest : asked;
        Instant rentalEnd = rentalEnd(now);
        return rentalEnd == null ? expiration : earlier(rentalEnd, expiration);
    }

    /**
     * The end of the rental period; null unless it is a rental with an end.
     *
     * @param now the time of issue
     * @throws DateTimeException if the time does not have a form of the protocol
     */
    @Nullable
    Instant rentalEnd(Instant now) {
        return isRental() && rentalPeriodEndTime.isSingle()
                ? TimeParameter.parse(rentalPeriodEndTime.value(), now)
                : null;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Whether notBefore is absent or before the expiry of the token. Also true if a time cannot be read, which is another error. */
    boolean isNotBeforeEarlierThanExpiration(Instant now) {
        if (!notBefore.isSingle()) {
            return true;
        }
        try {
            return TimeParameter.parse(notBefore.value(), now).isBefore(expiresAt(now));
        } catch (DateTimeException e) {
            return true;
        }
    }

    /** Without the parameters, which may be secrets. */
    @Override
    public String toString() {
        return "TokenRequest[keys=" + keys.size() + "]";
    }
}
