package io.playgrant.route.license;

import io.playgrant.account.Account;
import io.playgrant.account.AddressRange;
import io.playgrant.account.Authenticator;
import io.playgrant.account.Caller;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.license.challenge.Challenge;
import io.playgrant.license.challenge.ChallengeReader;
import io.playgrant.license.challenge.ChallengeRules;
import io.playgrant.revocation.Revocation;
import io.playgrant.revocation.RevocationCache;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.storage.StorageException;
import io.playgrant.token.Claims;
import io.playgrant.token.Parameter;
import io.playgrant.token.TokenOpener;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;

/** Whether a token may be redeemed, whatever the player asks for. Clients get one text for all failures of the token itself. */
final class TokenSteps {

    private static final int UNAUTHORIZED = 401;

    private final TokenOpener opener;
    private final Authenticator accounts;
    private final RevocationCache revocations;
    private final Clock clock;

    TokenSteps(TokenOpener opener, Authenticator accounts, RevocationCache revocations, Clock clock) {
        this.opener = opener;
        this.accounts = accounts;
        this.revocations = revocations;
        this.clock = clock;
    }

    /** Binds the steps. */
    void bind(StepRegistry steps) {
        steps.step("open-token", Redemption.class, this::openToken);
        steps.step("check-environment", Redemption.class, TokenSteps::checkEnvironment);
        steps.step("check-account", Redemption.class, this::checkAccount);
        steps.step("check-address", Redemption.class, TokenSteps::checkAddress);
        steps.step("check-revocation", Redemption.class, this::checkRevocation);
        steps.decision("token-was-opened", Redemption.class, Redemption::isTokenOpened);
    }

    private void openToken(Redemption redemption) {
        redemption.setClaims(opener.open(only(redemption.token())));
        checkTime(redemption.claims(), redemption.message(), clock.instant());
    }

    /** The token may be in the query, in the header or in both, but there must not be two of them. */
    private static String only(Parameter token) {
        if (token.malformed()) {
            throw refused("the token is not percent-encoded UTF-8");
        }
        if (token.isAbsent()) {
            throw refused("no token was sent");
        }
        String first = token.values().get(0);
        if (!token.values().stream().allMatch(first::equals)) {
            throw refused("two different tokens were sent");
        }
        return first;
    }

    static void checkTime(Claims claims, byte[] message, Instant now) {
        try {
            ChallengeRules.requireTime(Challenge.Kind.NEW, claims, now);
        } catch (TokenException invalid) {
            // What is asked for matters only now: a licence that exists may outlive its token.
            Challenge.Kind kind = ChallengeReader.kind(message);
            if (!kind.isAboutExisting()) {
                throw invalid;
            }
            ChallengeRules.requireTime(kind, claims, now);
        }
    }

    private static void checkEnvironment(Redemption redemption) {
        Claims claims = redemption.claims();
        if (claims.environment() != redemption.environment()) {
            throw refused("the token is of the " + claims.environment().label() + " environment, the host is of the "
                    + redemption.environment().label() + " environment");
        }
    }

    private void checkAccount(Redemption redemption) {
        Claims claims = redemption.claims();
        Account account = accounts.holder(claims.account());
        redemption.setCaller(new Caller(account, claims.environment()));
        Authenticator.admitHolder(account);
    }

    private static void checkAddress(Redemption redemption) {
        String range = redemption.claims().ipAddress();
        InetAddress address = redemption.origin().address();
        boolean isAllowed = range == null
                || (address != null
                        && AddressRange.parse(range)
                                .filter(allowed -> allowed.contains(address))
                                .isPresent());
        if (!isAllowed) {
            throw TokenException.of(ErrorCode.INVALID_IP_ADDRESS, "the token may not be redeemed from this address")
                    .withStatus(UNAUTHORIZED)
                    .because("the token may be redeemed from " + range + " only");
        }
    }

    private void checkRevocation(Redemption redemption) {
        try {
            revocations.find(redemption.claims()).ifPresent(revocation -> {
                throw refused(reason(revocation));
            });
        } catch (StorageException e) {
            throw TokenException.of(ErrorCode.ADMIN_ERROR, "revocations cannot be looked up now, try again later")
                    .because(String.valueOf(e.getMessage()));
        }
    }

    private static String reason(Revocation revocation) {
        return "revoked at " + revocation.revokedAt() + ", revocation " + revocation.id()
                + (revocation.reason().isEmpty() ? "" : ": " + revocation.reason());
    }

    private static TokenException refused(String reason) {
        return TokenException.withReason(ErrorCode.INVALID_TOKEN, reason);
    }
}
