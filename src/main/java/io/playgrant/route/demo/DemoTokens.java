package io.playgrant.route.demo;

import io.playgrant.app.Application;
import io.playgrant.revocation.RevocationCache;
import io.playgrant.revocation.Revocations;
import io.playgrant.token.Claims;
import io.playgrant.token.ClaimsCodec;
import io.playgrant.token.TokenOpener;
import io.playgrant.token.sealing.TokenSealer;
import io.playgrant.view.TokenExplainer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happens to tokens in the demo between their issue and their redemption. */
final class DemoTokens {

    private static final String TOKEN = "token";
    private static final Duration WHILE = Duration.ofHours(1);

    private final TokenOpener opener;
    private final TokenExplainer explainer;
    private final TokenSealer sealer;
    private final Revocations revocations;
    private final RevocationCache knownRevocations;

    /**
     * The tokens of an installation.
     *
     * @param knownRevocations those that redemptions know of
     */
    DemoTokens(Application application, RevocationCache knownRevocations) {
        this.opener = new TokenOpener(application.keyRing());
        this.revocations = application.revocations();
        this.explainer = new TokenExplainer(opener, revocations, application.redemptions(), application.clock());
        this.sealer = new TokenSealer(application.keyRing(), application.clock(), application.random());
        this.knownRevocations = knownRevocations;
    }

    /** What a token says, and whether it is valid now. */
    Map<String, @Nullable Object> explain(DemoCall call) {
        return explainer.explain(call.parameter(TOKEN), false).json();
    }

    /** The token an hour later: the same claims with earlier times. */
    Map<String, String> expire(DemoCall call) {
        Claims claims = opener.open(call.parameter(TOKEN));
        Instant notBefore = claims.notBefore();
        Instant rentalEnd = claims.rentalEnd();
        Claims later = new Claims(
                claims.account(),
                claims.environment(),
                claims.tokenId(),
                claims.issuedAt().minus(WHILE),
                claims.expiresAt().minus(WHILE),
                notBefore == null ? null : notBefore.minus(WHILE),
                claims.keys(),
                claims.contentId(),
                claims.licenseDuration(),
                claims.playbackDuration(),
                rentalEnd == null ? null : rentalEnd.minus(WHILE),
                claims.persistent(),
                claims.extensions(),
                claims.cookie(),
                claims.ipAddress(),
                claims.maxRedemptions());
        byte[] plaintext = ClaimsCodec.encode(later);
        try {
            byte[] sealed = sealer.seal(later.environment(), plaintext).encode();
            return Map.of(TOKEN, Base64.getUrlEncoder().withoutPadding().encodeToString(sealed));
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** Revokes a token. Tells whether that is known where tokens are redeemed, which takes some seconds. */
    Map<String, Object> revoke(DemoCall call) {
        Claims claims = opener.open(call.parameter(TOKEN));
        revocations.revoke(claims, "shown in the demo");
        return Map.of(
                "tokenId",
                claims.tokenId(),
                "isApplied",
                knownRevocations.find(claims).isPresent());
    }
}
