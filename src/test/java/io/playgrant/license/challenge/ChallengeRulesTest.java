package io.playgrant.license.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.license.challenge.Challenge.Kind;
import io.playgrant.token.Claims;
import io.playgrant.token.ClaimsBuilder;
import io.playgrant.token.SampleTokens;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChallengeRulesTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant END = Instant.parse("2026-03-01T13:00:00Z");
    private static final KeyId OURS = SampleTokens.keys(1).get(0).kid();
    private static final KeyId SECOND = SampleTokens.keys(2).get(1).kid();
    private static final KeyId OTHER = KeyId.ofName("another film");

    @ParameterizedTest
    @CsvSource({
        "-61, not redeemable before 2026-03-01T12:00:00Z",
        "-60,",
        "0,",
        "3600,",
        "3660,",
        "3660.001, expired at 2026-03-01T13:00:00Z",
        "3660.9, expired at 2026-03-01T13:00:00Z",
        "3661, expired at 2026-03-01T13:00:00Z"
    })
    void licence_isGrantedFromNotBeforeUntilTheEnd_withAMinuteOfSkew(BigDecimal seconds, @Nullable String reason) {
        Claims token = token().notBefore(START).build();

        for (Kind kind : List.of(Kind.NEW, Kind.CERTIFICATE)) {
            Instant now = START.plusMillis(seconds.movePointRight(3).longValueExact());
            assertThat(refusal(() -> ChallengeRules.requireTime(kind, token, now)))
                    .isEqualTo(reason == null ? "" : "-4010 401 " + reason);
        }
    }

    @Test
    void tokenWithoutNotBefore_isGrantedBeforeItsIssue() {
        assertThatNoException().isThrownBy(() -> ChallengeRules.requireTime(Kind.NEW, token().build(), Instant.EPOCH));
    }

    /** The token expires an hour after it was issued. */
    @ParameterizedTest
    @CsvSource({
        ", , 3661,",
        ", , 3153600000,",
        "600, , 4260,",
        "600, , 4261, 2026-03-01T13:10:00Z",
        "600, 2026-03-01T13:05:00Z, 3960,",
        "600, 2026-03-01T13:05:00Z, 3961, 2026-03-01T13:05:00Z",
        "600, 2026-03-01T14:00:00Z, 4260,",
        "600, 2026-03-01T14:00:00Z, 4261, 2026-03-01T13:10:00Z",
        ", 2026-03-01T14:00:00Z, 7260,",
        ", 2026-03-01T14:00:00Z, 7261, 2026-03-01T14:00:00Z"
    })
    void existingLicence_isRenewedAndReleased_whileALicenceOfTheTokenCanBeValid(
            @Nullable Integer licenseDuration, @Nullable Instant rentalEnd, long seconds, @Nullable String end) {
        Claims token =
                token().licenseDuration(licenseDuration).rentalEnd(rentalEnd).build();

        for (Kind kind : List.of(Kind.RENEWAL, Kind.RELEASE)) {
            assertThat(refusal(() -> ChallengeRules.requireTime(kind, token, START.plusSeconds(seconds))))
                    .isEqualTo(end == null ? "" : "-4010 401 the last licence of the token ended at " + end);
        }
    }

    /** Playback may start at any time. */
    @Test
    void playbackDuration_endsNoRenewal() {
        for (boolean persistent : List.of(true, false)) {
            Claims token = token().playbackDuration(60).persistent(persistent).build();

            assertThat(refusal(() -> ChallengeRules.requireTime(Kind.RENEWAL, token, END.plusSeconds(86_400))))
                    .isEmpty();
        }
    }

    @Test
    void existingLicence_isNotRenewedBeforeNotBefore() {
        Claims token = token().notBefore(START).build();

        assertThat(refusal(() -> ChallengeRules.requireTime(Kind.RENEWAL, token, START.minusSeconds(61))))
                .isEqualTo("-4010 401 not redeemable before 2026-03-01T12:00:00Z");
    }

    @Test
    void content_isRightIfOneKeyIsInTheToken() {
        Claims token = token().keys(SampleTokens.keys(2)).build();

        for (List<KeyId> asked : List.of(List.of(OURS), List.of(OTHER, SECOND), List.<KeyId>of())) {
            assertThat(refusal(() -> ChallengeRules.requireContent(challenge(asked), token)))
                    .isEmpty();
        }
        assertThat(refusal(() -> ChallengeRules.requireContent(challenge(List.of(OTHER)), token)))
                .isEqualTo("-4010 401 wrong content");
    }

    @Test
    void idsThatNoTokenHas_areWrongContent_unlessOneOfTheTokenIsAmongThem() {
        Claims token = token().keys(SampleTokens.keys(1)).build();

        assertThat(refusal(() -> ChallengeRules.requireContent(withOtherIds(List.of()), token)))
                .isEqualTo("-4010 401 wrong content");
        assertThat(refusal(() -> ChallengeRules.requireContent(withOtherIds(List.of(OURS)), token)))
                .isEmpty();
    }

    private static Challenge withOtherIds(List<KeyId> keyIds) {
        return new Challenge(Kind.NEW, keyIds, true, false, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, ''",
        "false, true, ''",
        "true, true, ''",
        "true, false, '-4010 401 persistent licence asked for, token does not allow it'"
    })
    void storedLicence_needsAPersistentToken(boolean offline, boolean persistent, String refusal) {
        Challenge challenge = new Challenge(Kind.NEW, List.of(OURS), offline, Optional.empty());

        assertThat(refusal(() -> ChallengeRules.requirePersistence(
                        challenge, token().persistent(persistent).build())))
                .isEqualTo(refusal);
    }

    @Test
    void identity_isEncryptedForOurCertificateOrNotAtAll() {
        Challenge bound = new Challenge(Kind.NEW, List.of(OURS), false, Optional.of("0a0b"));

        assertThat(refusal(() -> ChallengeRules.requireOwnCertificate(bound, "0a0b"::equals)))
                .isEmpty();
        assertThat(refusal(() -> ChallengeRules.requireOwnCertificate(challenge(List.of(OURS)), serial -> false)))
                .isEmpty();
        assertThat(refusal(() -> ChallengeRules.requireOwnCertificate(bound, "0a0c"::equals)))
                .isEqualTo("-4001 401 bound to another service certificate");
    }

    @ParameterizedTest
    @EnumSource
    void check_appliesAllRules(Kind kind) {
        Claims token = token().licenseDuration(60).build();
        Challenge good = new Challenge(kind, List.of(OURS), false, Optional.of("0a"));

        assertThatNoException().isThrownBy(() -> ChallengeRules.check(good, token, END, "0a"::equals));
        for (Challenge bad : List.of(
                new Challenge(kind, List.of(OTHER), false, Optional.of("0a")),
                new Challenge(kind, List.of(OURS), true, Optional.of("0a")),
                new Challenge(kind, List.of(OURS), false, Optional.of("0b")))) {
            assertThat(refusal(() -> ChallengeRules.check(bad, token, END, "0a"::equals)))
                    .isNotEmpty();
        }
        assertThat(refusal(() -> ChallengeRules.check(good, token, END.plusSeconds(121), "0a"::equals)))
                .isNotEmpty();
    }

    private static ClaimsBuilder token() {
        return new ClaimsBuilder().issuedAt(START).expiresAt(END);
    }

    private static Challenge challenge(List<KeyId> keyIds) {
        return new Challenge(Kind.NEW, keyIds, false, Optional.empty());
    }

    /** Code, status and reason; empty if there is no refusal. */
    private static String refusal(Runnable rule) {
        try {
            rule.run();
            return "";
        } catch (TokenException e) {
            assertThat(e.code()).isIn(ErrorCode.INVALID_TOKEN, ErrorCode.DEVICE_NOT_AUTHENTICATED);
            assertThat(e.details()).isEmpty();
            return e.code().number() + " " + e.status() + " " + e.reason();
        }
    }
}
