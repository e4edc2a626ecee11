package io.playgrant.view.story;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import io.playgrant.record.TokenRecord;
import io.playgrant.revocation.Scope;
import io.playgrant.token.Claims;
import io.playgrant.token.TokenKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The token that a story is about, as far as it is known.
 *
 * @param tokenId 32 hexadecimal digits
 * @param account the account to which it was issued
 * @param environment its environment
 * @param kids its key ids
 * @param issuedAt when it was issued, at the latest: the time of its issue, or of its first known record
 * @param from the time from which records are searched
 * @param claims what it says, if the token itself is at hand
 */
public record StorySubject(
        String tokenId,
        long account,
        Environment environment,
        List<KeyId> kids,
        Instant issuedAt,
        Instant from,
        Optional<Claims> claims) {

    /** Licences are renewed after their token has expired, but seldom longer than this after its issue. */
    private static final Duration BEFORE_A_REDEMPTION = Scope.LONGEST_LIFE.multipliedBy(2);

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);

    /** The token with these claims. */
    public static StorySubject of(Claims claims) {
        return new StorySubject(
                claims.tokenId(),
                claims.account(),
                claims.environment(),
                claims.keys().stream().map(TokenKey::kid).toList(),
                claims.issuedAt(),
                claims.issuedAt().minus(CLOCKS_DIFFER),
                Optional.of(claims));
    }

    /** The token of a record; empty if no token was issued. */
    public static Optional<StorySubject> of(TokenRecord record) {
        boolean isIssue = record.redemption() == null;
        return Optional.ofNullable(record.tokenId())
                .map(id -> new StorySubject(
                        id,
                        record.account(),
                        record.environment(),
                        record.kids(),
                        record.time(),
                        record.time().minus(isIssue ? CLOCKS_DIFFER : BEFORE_A_REDEMPTION),
                        Optional.empty()));
    }
}
