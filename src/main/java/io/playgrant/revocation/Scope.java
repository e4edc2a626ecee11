package io.playgrant.revocation;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import io.playgrant.token.Claims;
import io.playgrant.token.TokenRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens a revocation is of: those of which all is true that is not null here.
 *
 * @param tokenId the token's id, 32 hexadecimal digits in lower case
 * @param kid the id of one of its keys
 * @param account the number of the account that it was issued to
 * @param environment where it is redeemable
 * @param issuedBefore it was issued earlier than this
 */
public record Scope(
        @Nullable String tokenId,
        @Nullable KeyId kid,
        @Nullable Long account,
        @Nullable Environment environment,
        @Nullable Instant issuedBefore) {

    /** How long after its issue a token can be redeemed at most. */
    public static final Duration LONGEST_LIFE = Duration.ofSeconds(TokenRequest.MOST_SECONDS_AHEAD);

    /** How far the clocks of servers may be from each other. */
    public static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    /** Names a token, a key or an account: nobody means all tokens. */
    public Scope {
        if (tokenId == null && kid == null && account == null) {
            throw new IllegalArgumentException("a revocation is of a token, a key or an account");
        }
    }

    /** One token. */
    public static Scope ofToken(Claims token) {
        return new Scope(token.tokenId(), null, token.account(), token.environment(), null);
    }

    /**
     * One token, of which nothing but its id is known.
     *
     * @param id 32 hexadecimal digits in lower case
     */
    public static Scope ofTokenId(String id) {
        return new Scope(id, null, null, null, null);
    }

    /** Whether a token is one of them. */
    public boolean covers(Claims token) {
        return (tokenId == null || tokenId.equals(token.tokenId()))
                && (kid == null || token.keys().stream().anyMatch(key -> kid.equals(key.kid())))
                && (account == null || account == token.account())
                && (environment == null || environment == token.environment())
                && (issuedBefore == null || token.issuedAt().isBefore(issuedBefore));
    }

    /**
     * When the last of them can be redeemed no more, at the latest.
     *
     * @param now the time; those that it does not name by their time of issue were issued by now
     */
    Instant end(Instant now) {
        return issuedBefore != null
                ? issuedBefore.plus(LONGEST_LIFE)
                : now.plus(LONGEST_LIFE).plus(CLOCKS_DIFFER);
    }

    /** What is not null, as {@code name=value}. */
    @Override
    public String toString() {
        return Stream.of(
                        part("token", tokenId),
                        part("kid", kid),
                        part("account", account),
                        part("environment", environment == null ? null : environment.label()),
                        part("issuedBefore", issuedBefore))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }

    private static @Nullable String part(String name, @Nullable Object value) {
        return value == null ? null : name + "=" + value;
    }
}
