package io.playgrant.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.account.Account;
import io.playgrant.account.Accounts;
import io.playgrant.account.AddressRange;
import io.playgrant.account.Environment;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.license.challenge.Challenge;
import io.playgrant.license.challenge.ChallengeReader;
import io.playgrant.license.challenge.ChallengeRules;
import io.playgrant.license.clearkey.ClearKeyLicense;
import io.playgrant.license.cloud.CloudProvider;
import io.playgrant.license.cloud.CloudRequests;
import io.playgrant.revocation.Revocation;
import io.playgrant.revocation.Revocations;
import io.playgrant.token.Claims;
import io.playgrant.token.TokenOpener;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the checks of a redemption, in the order of the protocol, and continues after a refusal. It changes nothing and counts
 * nothing.
 *
 * @param opener opens tokens
 * @param services the licence services of the installation
 */
public record RedemptionTrial(
        TokenOpener opener, Accounts accounts, Revocations revocations, RedemptionServices services, Clock clock) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SERVICE = "licence service";

    /**
     * The redemption.
     *
     * @param token the text of the token
     * @param host host and port of the licence URL; empty if only a token was given
     * @param address the player's address; empty if unknown
     * @param challenge the player's licence request; null if there is none
     * @param asks whether the licence service is asked
     */
    public record Request(
            String token,
            Optional<String> host,
            Optional<InetAddress> address,
            byte @Nullable [] challenge,
            boolean asks) {

        /** Without the token, which is a secret. */
        @Override
        public String toString() {
            return "Request[***]";
        }
    }

    /**
     * What would happen.
     *
     * @param checks all checks, in their order
     * @param message the message for Widevine's licence service, with masks instead of keys; empty if there is none
     */
    public record Result(List<RedemptionCheck> checks, Optional<String> message) {

        /** The first refusal, which is the answer to the player. */
        public Optional<TokenException> refusal() {
            return checks.stream().flatMap(check -> check.refusal().stream()).findFirst();
        }

        /** The result as a JSON object. */
        public Map<String, @Nullable Object> json() {
            Optional<TokenException> refusal = refusal();
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("redeemable", refusal.isEmpty());
            json.put("code", refusal.map(one -> one.code().number()).orElse(null));
            json.put("reason", refusal.map(TokenException::reason).orElse(null));
            json.put("checks", checks.stream().map(RedemptionCheck::json).toList());
            json.put("message", message.map(Result::tree).orElse(null));
            return json;
        }

        private static Object tree(String message) {
            try {
                return MAPPER.readTree(message);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Goes through the checks of a redemption now. */
    public Result run(Request request) {
        return new Run(this, request).run();
    }

    /** One run. */
    private static final class Run {

        private final RedemptionTrial trial;
        private final Request request;
        private final Instant now;
        private final List<RedemptionCheck> checks = new ArrayList<>();

        Run(RedemptionTrial trial, Request request) {
            this.trial = trial;
            this.request = request;
            this.now = trial.clock.instant();
        }

        Result run() {
            Claims token;
            try {
                token = trial.opener.open(request.token());
            } catch (TokenException e) {
                checks.add(RedemptionCheck.refused("token", e));
                return new Result(checks, Optional.empty());
            }
            passed(
                    "token",
                    token.tokenId() + " of account " + token.account() + ", "
                            + token.environment().label());
            Optional<Challenge> challenge = readChallenge(token);
            checkTime(token, challenge);
            checkEnvironment(token);
            checkAccount(token);
            checkAddress(token);
            checkRevocation(token);
            if (trial.services.service(token.environment()).equals("none")) {
                refuseWithoutService(token);
                checkRedemptions(token, challenge);
            } else {
                checkChallenge(token, challenge);
                checkRedemptions(token, challenge);
                checkService(token, challenge);
            }
            return new Result(checks, message(token, challenge));
        }

        /** The challenge, if it is one of Widevine that can be read. Mistakes are reported in their turn. */
        private Optional<Challenge> readChallenge(Claims token) {
            byte[] challenge = request.challenge();
            try {
                return challenge == null || isClearKey(token)
                        ? Optional.empty()
                        : Optional.of(ChallengeReader.read(challenge));
            } catch (TokenException e) {
                return Optional.empty();
            }
        }

        private boolean isClearKey(Claims token) {
            return trial.services.service(token.environment()).equals("clear-key");
        }

        private void checkTime(Claims token, Optional<Challenge> challenge) {
            Challenge.Kind kind = challenge.map(Challenge::kind).orElse(Challenge.Kind.NEW);
            String until = "until " + token.expiresAt();
            check("time", until, () -> ChallengeRules.requireTime(kind, token, now));
        }

        private void checkEnvironment(Claims token) {
            if (request.host().isEmpty()) {
                skipped("environment", "a licence URL is needed to check that its host is of the token's environment");
                return;
            }
            Environment ofHost = trial.services.environment(request.host().get());
            String found = "the host is of the " + ofHost.label() + " environment";
            check("environment", found, () -> {
                if (ofHost != token.environment()) {
                    throw TokenException.withReason(
                            ErrorCode.INVALID_TOKEN,
                            "the token is of the " + token.environment().label() + " environment, " + found);
                }
            });
        }

        private void checkAccount(Claims token) {
            Optional<Account> account = trial.accounts.find(token.account());
            check("account", account.map(Account::name).orElse(""), () -> {
                if (account.isEmpty()) {
                    throw TokenException.withReason(ErrorCode.ACCOUNT_DISABLED, "the account was deleted");
                }
                if (!account.get().enabled()) {
                    throw TokenException.of(ErrorCode.ACCOUNT_DISABLED);
                }
                if (!account.get().widevine()) {
                    throw TokenException.of(ErrorCode.WIDEVINE_DISABLED);
                }
            });
        }

        private void checkAddress(Claims token) {
            String range = token.ipAddress();
            if (range == null) {
                passed("address", "the token may be redeemed from any address");
            } else if (request.address().isEmpty()) {
                skipped(
                        "address",
                        "the token may be redeemed from " + range
                                + " only; the player's address is needed to check that");
            } else {
                InetAddress address = request.address().get();
                check("address", "in " + range, () -> {
                    if (AddressRange.parse(range)
                            .filter(allowed -> allowed.contains(address))
                            .isEmpty()) {
                        throw TokenException.withReason(
                                        ErrorCode.INVALID_IP_ADDRESS,
                                        address.getHostAddress() + " is outside of " + range)
                                .withStatus(401);
                    }
                });
            }
        }

        private void checkRevocation(Claims token) {
            Optional<Revocation> revocation = trial.revocations.find(token);
            check("revocation", "none", () -> {
                if (revocation.isPresent()) {
                    throw TokenException.withReason(ErrorCode.INVALID_TOKEN, RevocationView.asReason(revocation.get()));
                }
            });
        }

        private void checkChallenge(Claims token, Optional<Challenge> challenge) {
            byte[] bytes = request.challenge();
            if (bytes == null) {
                skipped("challenge", "the licence request that the player sends is needed to check it");
            } else if (isClearKey(token)) {
                check("challenge", "of Clear Key", () -> Arrays.fill(ClearKeyLicense.answer(bytes, token), (byte) 0));
            } else if (challenge.isEmpty()) {
                check("challenge", "", () -> ChallengeReader.read(bytes));
            } else {
                passed("challenge", describe(challenge.get()));
                check("content", "", () -> ChallengeRules.requireContent(challenge.get(), token));
                check("persistence", "", () -> ChallengeRules.requirePersistence(challenge.get(), token));
                checkCertificate(token, challenge.get());
            }
        }

        private static String describe(Challenge challenge) {
            return challenge.kind() + (challenge.offline() ? ", offline" : "") + ", key ids: "
                    + (challenge.keyIds().isEmpty()
                            ? (challenge.namesOtherIds() ? "only ids that have other than 16 bytes" : "none")
                            : String.join(
                                    " ",
                                    challenge.keyIds().stream()
                                            .map(Object::toString)
                                            .toList()));
        }

        private void checkCertificate(Claims token, Challenge challenge) {
            Optional<CloudProvider> provider = trial.services.provider(token);
            if (challenge.certificateSerial().isEmpty() || provider.isEmpty()) {
                passed("certificate", challenge.certificateSerial().orElse("the player's identity is not encrypted"));
                return;
            }
            check(
                    "certificate",
                    challenge.certificateSerial().get(),
                    () -> ChallengeRules.requireOwnCertificate(
                            challenge,
                            serial -> trial.services.isOwnCertificate(token.environment(), provider.get(), serial)));
        }

        private void checkRedemptions(Claims token, Optional<Challenge> challenge) {
            Integer most = token.maxRedemptions();
            OptionalInt used = trial.services.used(token);
            if (most == null) {
                passed("redemptions", "not limited");
            } else if (used.isEmpty()) {
                skipped("redemptions", "of " + most + "; they are not counted");
            } else {
                String count = used.getAsInt() + " of " + most + " used";
                boolean isCounted = challenge.map(Challenge::kind).orElse(Challenge.Kind.NEW) == Challenge.Kind.NEW;
                check("redemptions", count, () -> {
                    if (isCounted && used.getAsInt() >= most) {
                        throw TokenException.withReason(ErrorCode.INVALID_TOKEN, count);
                    }
                });
            }
        }

        private Optional<String> message(Claims token, Optional<Challenge> challenge) {
            byte[] bytes = request.challenge() == null ? new byte[0] : request.challenge();
            boolean isForLicence = challenge
                    .map(asked -> asked.kind() != Challenge.Kind.CERTIFICATE)
                    .orElse(bytes.length == 0);
            return trial.services
                    .provider(token)
                    .filter(provider -> isForLicence)
                    .map(provider -> CloudRequests.masked(bytes, token, provider, now));
        }

        /** Without a licence service, nobody knows what the player should send. */
        private void refuseWithoutService(Claims token) {
            String variable = token.environment() == Environment.TEST
                    ? "PLAYGRANT_TEST_LICENSE_SERVICE"
                    : "PLAYGRANT_LICENSE_SERVICE";
            check(SERVICE, "", () -> {
                throw TokenException.withReason(
                                ErrorCode.LICENSE_GENERATION_FAILED,
                                "the " + token.environment().label() + " environment has no licence service; "
                                        + variable + " selects one")
                        .withStatus(503);
            });
        }

        private void checkService(Claims token, Optional<Challenge> challenge) {
            String service = trial.services.service(token.environment());
            Optional<CloudProvider> provider = trial.services.provider(token);
            byte[] bytes = request.challenge();
            if (provider.isEmpty()) {
                passed(SERVICE, service);
            } else if (!request.asks() || bytes == null) {
                skipped(SERVICE, service + " is asked only with the player's licence request, and not in a dry run");
            } else if (challenge.isEmpty() || checks.stream().anyMatch(RedemptionCheck::isRefused)) {
                skipped(SERVICE, service + " is not asked, because the redemption is refused before");
            } else {
                check(
                        SERVICE,
                        service + " answers OK",
                        () -> trial.services.ask(
                                provider.get(), bytes, challenge.get().kind(), token, now));
            }
        }

        private void check(String name, String found, Runnable rule) {
            try {
                rule.run();
                passed(name, found);
            } catch (TokenException e) {
                checks.add(RedemptionCheck.refused(name, e));
            }
        }

        private void passed(String name, String found) {
            checks.add(RedemptionCheck.passed(name, found));
        }

        private void skipped(String name, String why) {
            checks.add(RedemptionCheck.skipped(name, why));
        }
    }
}
