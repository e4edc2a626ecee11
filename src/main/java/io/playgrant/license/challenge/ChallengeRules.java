package io.playgrant.license.challenge;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.token.Claims;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whether a token allows a licence request. Each rule throws a {@link TokenException} with its reason for the operator. */
public final class ChallengeRules {

    /** How far the clocks of servers and clients may differ. */
    public static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    private ChallengeRules() {}

    /**
     * Checks all rules of this class.
     *
     * @param isOurs whether a service certificate with this serial number is one that we give to players
     */
    public static void check(Challenge challenge, Claims token, Instant now, Predicate<String> isOurs) {
        requireTime(challenge.kind(), token, now);
        requireContent(challenge, token);
        requirePersistence(challenge, token);
        requireOwnCertificate(challenge, isOurs);
    }

    /**
     * A licence is granted from {@code notBefore} until the token expires. A request about an existing licence is allowed for as long as a
     * licence of this token can be valid.
     *
     * @throws TokenException {@link ErrorCode#INVALID_TOKEN}
     */
    public static void requireTime(Challenge.Kind kind, Claims token, Instant now) {
        Instant notBefore = token.notBefore();
        if (notBefore != null && now.plus(CLOCK_SKEW).isBefore(notBefore)) {
            throw refused("not redeemable before " + notBefore);
        }
        if (kind.isAboutExisting()) {
            lastLicenceEnd(token).filter(now.minus(CLOCK_SKEW)::isAfter).ifPresent(end -> {
                throw refused("the last licence of the token ended at " + end);
            });
        } else if (now.minus(CLOCK_SKEW).isAfter(token.expiresAt())) {
            throw refused("expired at " + token.expiresAt());
        }
    }

    /**
     * The end of a licence that is granted at the last moment; empty if it has none. The playback duration is no end, because playback may
     * start at any time.
     */
    private static Optional<Instant> lastLicenceEnd(Claims token) {
        Optional<Instant> end = Optional.ofNullable(token.licenseDuration()).map(token.expiresAt()::plusSeconds);
        return Stream.of(end, Optional.ofNullable(token.rentalEnd()))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    /**
     * At least one of the keys in the request must be in the token. Not all of them, because players send the PSSH of one track and want the
     * keys of all.
     *
     * @throws TokenException {@link ErrorCode#INVALID_TOKEN}
     */
    public static void requireContent(Challenge challenge, Claims token) {
        boolean namesKeys = !challenge.keyIds().isEmpty() || challenge.namesOtherIds();
        boolean isOther = namesKeys
                && token.keys().stream().noneMatch(key -> challenge.keyIds().contains(key.kid()));
        if (isOther) {
            throw refused("wrong content");
        }
    }

    /**
     * Only a persistent token allows a licence that is stored.
     *
     * @throws TokenException {@link ErrorCode#INVALID_TOKEN}
     */
    public static void requirePersistence(Challenge challenge, Claims token) {
        if (challenge.offline() && !token.persistent()) {
            throw refused("persistent licence asked for, token does not allow it");
        }
    }

    /**
     * Nobody else could decrypt the player's identity.
     *
     * @param isOurs whether a service certificate with this serial number is one that we give to players
     * @throws TokenException {@link ErrorCode#DEVICE_NOT_AUTHENTICATED}
     */
    public static void requireOwnCertificate(Challenge challenge, Predicate<String> isOurs) {
        if (challenge.certificateSerial().filter(isOurs.negate()).isPresent()) {
            throw TokenException.withReason(ErrorCode.DEVICE_NOT_AUTHENTICATED, "bound to another service certificate");
        }
    }

    private static TokenException refused(String reason) {
        return TokenException.withReason(ErrorCode.INVALID_TOKEN, reason);
    }
}
