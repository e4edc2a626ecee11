package io.playgrant.cli.token;

import static io.playgrant.TestSecrets.secret;

import io.playgrant.RepeatableRandom;
import io.playgrant.account.Account;
import io.playgrant.account.AccountBuilder;
import io.playgrant.account.Caller;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.cli.TestHome;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenKey;
import io.playgrant.token.TokenMint;
import io.playgrant.token.TokenRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Tokens of account 1001 of an installation, each with one key, issued at a time of the test's choice. */
final class MintedTokens {

    /** When tokens are issued, unless a test says otherwise. */
    static final String ISSUED_AT = "2026-01-02T03:04:05Z";

    private final TestHome home;
    private final ContentKey contentKey;
    private final RepeatableRandom random = new RepeatableRandom(1);

    /** Tokens that hold this content key. */
    MintedTokens(TestHome home, String contentKey) {
        this.home = home;
        this.contentKey = ContentKey.ofHex(contentKey);
    }

    /** A token of the production environment. */
    String mint(Parameters parameters) {
        return mint(Environment.PRODUCTION, ISSUED_AT, parameters);
    }

    /** A token. */
    String mint(Environment environment, String now, Parameters parameters) {
        Account account = new AccountBuilder().profile(Profile.LENIENT).build();
        TokenRequest request = TokenRequest.of(parameters);
        try (Application application = home.openApplication()) {
            Clock clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
            return secret(new TokenMint(application.keyRing(), clock, random)
                    .mint(
                            request,
                            new Caller(account, environment),
                            List.of(TokenKey.of(request.keys().get(0), contentKey)))
                    .value());
        }
    }
}
