package io.playgrant.revocation;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import io.playgrant.token.Claims;
import io.playgrant.token.TokenKey;
import io.playgrant.token.TokenRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that a revocation covers. A token must match all criteria that are not null.
 *
 * @param tokenId the id of the token, 32 hexadecimal digits in lower case
 * @param kid the id of one of its keys
 * @param account the number of the account to which it was issued
 * @param environment its environment
 * @param issuedBefore the time before which it was issued
 */
public record Scope(
        @Nullable String tokenId,
        @Nullable KeyId kid,
        @Nullable Long account,
        @Nullable Environment environment,
        @Nullable Instant issuedBefore) {

    /** The longest lifetime of a token. */
    public static final Duration LONGEST_LIFE = Duration.ofSeconds(TokenRequest.MOST_SECONDS_AHEAD);

    /** The largest difference between the clocks of servers. */
    public static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    /** Checks that a token, a key or an account is given: nobody means to revoke all tokens. */
    public Scope {
        if (tokenId == null && kid == null && account == null) {
            throw new IllegalArgumentException("a revocation needs a token, a key or an account");
        }
    }

    /** One token. */
    public static Scope ofToken(Claims token) {
        return new Scope(token.tokenId(), null, token.account(), token.environment(), null);
    }

    /**
     * One token, of which only the id is known.
     *
     * @param id 32 hexadecimal digits in lower case
     */
    public static Scope ofTokenId(String id) {
        return new Scope(id, null, null, null, null);
    }

    /** One token of an account, of which only the id is known. */
    public static Scope ofTokenId(String id, long account, Environment environment) {
        return new Scope(id, null, account, environment, null);
    }

    /** Whether it covers a token. */
    public boolean covers(Claims token) {
        return covers(
                token.tokenId(),
                token.keys().stream().map(TokenKey::kid).toList(),
                token.account(),
                token.environment(),
                token.issuedAt());
    }

    /** Whether it covers a token with this id and these kids, of this account and environment, and issued at this time. */
    public boolean covers(String id, List<KeyId> kids, long holder, Environment where, Instant issuedAt) {
        return (tokenId == null || tokenId.equals(id))
                && (kid == null || kids.contains(kid))
                && (account == null || account == holder)
                && (environment == null || environment == where)
                && (issuedBefore == null || issuedAt.isBefore(issuedBefore));
    }

    /**
     * The time at which the last of the tokens has expired, at the latest.
     *
     * @param now the current time, before which the tokens were issued if {@code issuedBefore} is null
     */
    Instant end(Instant now) {
        return issuedBefore != null
                ? issuedBefore.plus(LONGEST_LIFE)
                : now.plus(LONGEST_LIFE).plus(CLOCKS_DIFFER);
    }

    /** The criteria that are not null, as {@code name=value}. */
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
