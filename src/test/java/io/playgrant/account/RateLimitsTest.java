package io.playgrant.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.bucket4j.TimeMeter;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    private final SettableTime time = new SettableTime();
    private final RateLimits limits = new RateLimits(time);

    @Test
    void check_passesEverythingWithoutARate() {
        for (int i = 0; i < 1_000; i++) {
            limits.check(account(1001, Limit.NONE));
        }
    }

    @Test
    void check_passesTheRateAtOnce_andRefusesTheNext() {
        for (int i = 0; i < 4; i++) {
            limits.check(account(1001, Limit.of(4)));
        }
        TokenException refusal = refused(account(1001, Limit.of(4)));
        assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
        assertThat(refusal.status()).isEqualTo(429);
        assertThat(refusal).hasMessage("[429] Too Many Requests: the account is given at most 4 tokens a second");
        assertThat(refusal.retryAfter()).contains(Duration.ofMillis(250));
    }

    @Test
    void check_passesTheNextWhenItsTimeHasCome() {
        Account account = account(1001, Limit.of(4));
        for (int i = 0; i < 4; i++) {
            limits.check(account);
        }
        time.advance(Duration.ofMillis(249));
        assertThat(refused(account).retryAfter()).contains(Duration.ofMillis(1));
        time.advance(Duration.ofMillis(1));
        limits.check(account);
        refused(account);
    }

    @Test
    void check_givesNoMoreThanTheRateAfterALongPause() {
        Account account = account(1001, Limit.of(2));
        limits.check(account);
        time.advance(Duration.ofSeconds(30));
        limits.check(account);
        limits.check(account);
        refused(account);
    }

    @Test
    void check_countsEachAccountForItself() {
        limits.check(account(1001, Limit.of(1)));
        refused(account(1001, Limit.of(1)));
        assertThatCode(() -> limits.check(account(1002, Limit.of(1)))).doesNotThrowAnyException();
    }

    @Test
    void check_followsAChangeOfTheRate() {
        limits.check(account(1001, Limit.of(1)));
        refused(account(1001, Limit.of(1)));
        limits.check(account(1001, Limit.of(2)));
        limits.check(account(1001, Limit.of(2)));
        refused(account(1001, Limit.of(2)));
    }

    private TokenException refused(Account account) {
        return catchThrowableOfType(TokenException.class, () -> limits.check(account));
    }

    private static Account account(long number, Limit rate) {
        return new AccountBuilder().number(number).rate(rate).build();
    }

    private static final class SettableTime implements TimeMeter {

        private long nanos;

        void advance(Duration duration) {
            nanos += duration.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
