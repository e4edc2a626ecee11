package io.playgrant.route.license;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.license.challenge.Challenge.Kind;
import io.playgrant.license.challenge.SampleChallenge;
import io.playgrant.token.Claims;
import io.playgrant.token.ClaimsBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a token can be redeemed, to the millisecond. */
class TokenTimeTest {

    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");
    private static final byte[] NEW = {1};

    @ParameterizedTest
    @CsvSource({"0, true", "60000, true", "60001, false", "60999, false", "61000, false", "-86400000, true"})
    void expiry_isAMinuteLate(long millis, boolean allowed) {
        Claims claims = new ClaimsBuilder().expiresAt(TIME).build();
        assertThat(refusal(claims, NEW, millis)).isEqualTo(allowed ? null : "expired at 2026-03-01T12:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({"0, true", "-60000, true", "-60001, false", "-61000, false", "86400000, true"})
    void notBefore_isAMinuteEarly(long millis, boolean allowed) {
        Claims claims = new ClaimsBuilder()
                .expiresAt(TIME.plusSeconds(1_000_000))
                .notBefore(TIME)
                .build();
        assertThat(refusal(claims, NEW, millis))
                .isEqualTo(allowed ? null : "not redeemable before 2026-03-01T12:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({"60999, true", "61000, true", "3660000, true", "3660001, false"})
    void renewal_isAllowedForAsLongAsALicenceMayLive(long millis, boolean allowed) {
        Claims claims =
                new ClaimsBuilder().expiresAt(TIME).licenseDuration(3600).build();
        byte[] renewal = SampleChallenge.of().kind(Kind.RENEWAL).bytes();
        assertThat(refusal(claims, renewal, millis))
                .isEqualTo(allowed ? null : "the last licence of the token ended at 2026-03-01T13:00:00Z");
    }

    /** The reason, at a time after the token's; null if it may be redeemed. */
    private static @Nullable String refusal(Claims claims, byte[] message, long millis) {
        TokenException refusal = catchThrowableOfType(
                TokenException.class, () -> TokenSteps.checkTime(claims, message, TIME.plusMillis(millis)));
        if (refusal == null) {
            return null;
        }
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_TOKEN);
        assertThat(refusal.details()).isEmpty();
        return refusal.reason();
    }
}
