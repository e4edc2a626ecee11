package io.playgrant.route.license;

import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.contentkey.KeyId;
import io.playgrant.license.challenge.SampleChallenge;
import io.playgrant.token.Claims;
import io.playgrant.token.ClaimsBuilder;
import io.playgrant.token.SampleTokens;
import io.playgrant.token.SealedTokens;
import io.playgrant.token.TokenKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Tokens of an account that can be redeemed now, until something about them is changed. */
final class RedeemableTokens {

    /** The key that they all hold. */
    static final TokenKey KEY = SampleTokens.keys(1).get(0);

    private static final AtomicLong TIMES = new AtomicLong(1_767_225_600);

    private final SealedTokens sealed;
    private final long account;
    private final Environment environment;

    RedeemableTokens(Application application, long account, Environment environment) {
        this.sealed = new SealedTokens(application.keyRing());
        this.account = account;
        this.environment = environment;
    }

    /** Those of an account that is made for them. */
    static RedeemableTokens ofNewAccount(Application application, Environment environment) {
        long account = application
                .accounts()
                .create("Studio", Profile.STRICT, List.of())
                .account()
                .number();
        return new RedeemableTokens(application, account, environment);
    }

    /** A token. */
    String token() {
        return token(same -> same);
    }

    /** A token that is changed. */
    String token(UnaryOperator<ClaimsBuilder> change) {
        return of(claims(change));
    }

    /** The text of a token. */
    String of(Claims claims) {
        return sealed.of(claims);
    }

    /** The claims of another token each time. */
    Claims claims(UnaryOperator<ClaimsBuilder> change) {
        byte[] id = new byte[16];
        ThreadLocalRandom.current().nextBytes(id);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return change.apply(new ClaimsBuilder()
                        .account(account)
                        .environment(environment)
                        .tokenId(HexFormat.of().formatHex(id))
                        .issuedAt(now.minus(Duration.ofHours(2)))
                        .expiresAt(now.plus(Duration.ofHours(2)))
                        .keys(SampleTokens.keys(1)))
                .build();
    }

    /** A licence request for the key of these tokens, another one each time. */
    static byte[] challenge() {
        return challenge(KEY.kid());
    }

    /** A licence request for a key, another one each time. */
    static byte[] challenge(KeyId kid) {
        return SampleChallenge.of(kid).at(TIMES.incrementAndGet()).bytes();
    }

    /** The request of Clear Key for the key of these tokens. */
    static byte[] keyRequest() {
        return keyRequest(KEY.kid(), "temporary");
    }

    /** The request of Clear Key for a key. */
    static byte[] keyRequest(KeyId kid, String type) {
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(kid.toByteArray());
        return ("{\"kids\":[\"" + id + "\"],\"type\":\"" + type + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
