package io.playgrant.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import java.time.Duration;

/** The rate limits of accounts. After a pause, an account may obtain the tokens of one second at once. */
public final class RateLimits {

    private static final int MOST_ACCOUNTS = 10_000;
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** An unused bucket is full again after this time, like a new one. */
    private static final Duration FULL_AGAIN = Duration.ofMinutes(1);

    private final TimeMeter time;
    private final Cache<Long, Limited> accounts = Caffeine.newBuilder()
            .maximumSize(MOST_ACCOUNTS)
            .expireAfterAccess(FULL_AGAIN)
            .build();

    /** Limits that use the clock of this machine. */
    public RateLimits() {
        this(TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimits(TimeMeter time) {
        this.time = time;
    }

    /**
     * Takes one token from an account's rate, if it has one.
     *
     * @throws TokenException {@link ErrorCode#TOO_MANY_REQUESTS} with the time until the next token is available
     */
    public void check(Account account) {
        Long rate = account.rate().most();
        if (rate == null) {
            return;
        }
        ConsumptionProbe probe = bucket(account.number(), rate).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw TokenException.of(
                            ErrorCode.TOO_MANY_REQUESTS, "the account is given at most " + rate + " tokens a second")
                    .retryAfter(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private Bucket bucket(long account, long rate) {
        Limited limited = accounts.getIfPresent(account);
        if (limited == null || limited.rate != rate) {
            // Two threads must get the same bucket.
            limited = accounts.asMap()
                    .compute(account, (number, old) -> old != null && old.rate == rate ? old : newBucket(rate));
        }
        return limited.bucket;
    }

    private Limited newBucket(long rate) {
        return new Limited(
                rate,
                Bucket.builder()
                        .addLimit(limit -> limit.capacity(rate).refillGreedy(rate, PERIOD))
                        .withCustomTimePrecision(time)
                        .build());
    }

    private record Limited(long rate, Bucket bucket) {}
}
