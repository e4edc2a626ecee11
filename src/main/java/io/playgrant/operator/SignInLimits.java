package io.playgrant.operator;

import io.playgrant.storage.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Slows down whoever fails to sign in, on all nodes together. An attempt counts as a failure before its secret is checked, so that many at
 * the same time gain nothing. Attempts during the delay are refused without being counted.
 */
final class SignInLimits {

    private static final Duration FIRST_DELAY = Duration.ofSeconds(5);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);
    private static final int MOST_DOUBLINGS = 20;

    /** When failures are forgotten after the last one. */
    private static final Duration MEMORY = Duration.ofDays(1);

    private final Database database;
    private final Clock clock;

    SignInLimits(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Row(int failures, @Nullable Instant blockedUntil) {}

    /**
     * Begins an attempt, which counts as a failure until {@link #succeeded}.
     *
     * @return how long to wait, if the attempt must not be made now
     */
    Optional<Duration> begin(List<SignInSubject> subjects) {
        Instant now = clock.instant();
        database.withHandle(handle -> handle.createUpdate("delete from sign_in_failure where last_at < :old")
                .bind("old", utc(now.minus(MEMORY)))
                .execute());
        return database.inTransaction(handle -> {
            List<SignInSubject> ordered = ordered(subjects);
            Duration wait = Duration.ZERO;
            for (SignInSubject subject : ordered) {
                Instant until = lock(handle, subject, now).blockedUntil;
                if (until != null && until.isAfter(now.plus(wait))) {
                    wait = Duration.between(now, until);
                }
            }
            if (!wait.isZero()) {
                return Optional.of(wait);
            }
            ordered.forEach(subject -> add(handle, subject, now, 1));
            return Optional.empty();
        });
    }

    /**
     * The attempt has succeeded.
     *
     * @param cleared the subjects whose failures are forgotten
     * @param others the subjects for which only this attempt does not count as a failure
     */
    void succeeded(Handle transaction, List<SignInSubject> cleared, List<SignInSubject> others) {
        Instant now = clock.instant();
        ordered(cleared).forEach(subject -> delete(transaction, subject));
        ordered(others).forEach(subject -> add(transaction, subject, now, -1));
    }

    /** Forgets the failures of a name, except those at one address. */
    static void forget(Handle transaction, String name) {
        delete(transaction, SignInSubject.ofName(name));
    }

    /** The same order in all transactions, so that none waits for another in a circle. */
    private static List<SignInSubject> ordered(List<SignInSubject> subjects) {
        return subjects.stream()
                .sorted(Comparator.comparing(SignInSubject::hash, Arrays::compare))
                .toList();
    }

    private static Row lock(Handle transaction, SignInSubject subject, Instant now) {
        transaction
                .createUpdate(
                        "insert into sign_in_failure (subject, failures, last_at) values (:subject, 0, :now) on conflict do nothing")
                .bind("subject", subject.hash())
                .bind("now", utc(now))
                .execute();
        return transaction
                .createQuery("select failures, blocked_until from sign_in_failure where subject = :subject for update")
                .bind("subject", subject.hash())
                .map((row, context) -> {
                    OffsetDateTime until = row.getObject("blocked_until", OffsetDateTime.class);
                    return new Row(row.getInt("failures"), until == null ? null : until.toInstant());
                })
                .findOne()
                // Deleted in the meantime.
                .orElse(new Row(0, null));
    }

    private static void add(Handle transaction, SignInSubject subject, Instant now, int more) {
        int failures = Math.max(lock(transaction, subject, now).failures + more, 0);
        transaction
                .createUpdate("""
                        update sign_in_failure set failures = :failures, last_at = :now, blocked_until = :until
                         where subject = :subject
                        """)
                .bind("failures", failures)
                .bind("now", utc(now))
                .bind(
                        "until",
                        more > 0 && failures >= subject.free()
                                ? utc(now.plus(delay(failures - subject.free())))
                                : null)
                .bind("subject", subject.hash())
                .execute();
    }

    private static void delete(Handle transaction, SignInSubject subject) {
        transaction.execute("delete from sign_in_failure where subject = ?", (Object) subject.hash());
    }

    private static Duration delay(int doublings) {
        Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(doublings, MOST_DOUBLINGS));
        return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
