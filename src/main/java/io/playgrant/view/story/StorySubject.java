package io.playgrant.view.story;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import io.playgrant.record.TokenRecord;
import io.playgrant.token.Claims;
import io.playgrant.token.TokenKey;
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
 * @param claims what it says, if the token itself is at hand
 */
public record StorySubject(
        String tokenId,
        long account,
        Environment environment,
        List<KeyId> kids,
        Instant issuedAt,
        Optional<Claims> claims) {

    /** The token with these claims. */
    public static StorySubject of(Claims claims) {
        return new StorySubject(
                claims.tokenId(),
                claims.account(),
                claims.environment(),
                claims.keys().stream().map(TokenKey::kid).toList(),
                claims.issuedAt(),
                Optional.of(claims));
    }

    /** The token of a record; empty if no token was issued. */
    public static Optional<StorySubject> of(TokenRecord record) {
        return Optional.ofNullable(record.tokenId())
                .map(id -> new StorySubject(
                        id, record.account(), record.environment(), record.kids(), record.time(), Optional.empty()));
    }
}
