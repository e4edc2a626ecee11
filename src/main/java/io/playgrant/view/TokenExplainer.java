package io.playgrant.view;

import io.playgrant.error.TokenException;
import io.playgrant.license.Redemptions;
import io.playgrant.revocation.Revocations;
import io.playgrant.token.Claims;
import io.playgrant.token.TokenOpener;
import java.time.Clock;

/**
 * Explains tokens: what they say, and whether they are valid now.
 *
 * @param opener opens them
 */
public record TokenExplainer(TokenOpener opener, Revocations revocations, Redemptions redemptions, Clock clock) {

    /** Explains a token, also one that cannot be opened. */
    public TokenView explain(String token, boolean revealKeys) {
        try {
            Claims claims = opener.open(token);
            return TokenView.of(
                    claims,
                    claims.invalidReason(clock.instant()),
                    revocations.find(claims),
                    redemptions.used(claims),
                    revealKeys);
        } catch (TokenException e) {
            return TokenView.unreadable(e.reason());
        }
    }
}
