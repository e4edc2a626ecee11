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
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

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

    /** The same for so few that they have no consequence. */
    private static final Duration MEMORY_OF_FEW = Duration.ofHours(1);

    private final Database database;
    private final Clock clock;

    SignInLimits(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Begins an attempt, which counts as a failure until {@link #succeeded}.
     *
     * @return how long to wait, if the attempt must not be made now
     */
    Optional<Duration> begin(List<SignInSubject> subjects) {
        Instant now = clock.instant();
        Optional<Duration> delay = database.withHandle(handle -> {
            deleteOld(handle, now);
            return delay(handle, subjects, now);
        });
        // Before anything is written, so that an attacker who is refused does not fill the table.
        if (delay.isPresent()) {
            return delay;
        }
        return database.inTransaction(handle -> {
            List<SignInSubject> ordered = ordered(subjects);
            ordered.forEach(subject -> lock(handle, subject, now));
            Optional<Duration> meanwhile = delay(handle, subjects, now);
            if (meanwhile.isEmpty()) {
                ordered.forEach(subject -> add(handle, subject, now, 1));
            }
            return meanwhile;
        });
    }

    private static void deleteOld(Handle handle, Instant now) {
        handle.createUpdate("""
                        delete from sign_in_failure
                         where last_at < :old or last_at < :harmless and blocked_until is null
                        """)
                .bind("old", utc(now.minus(MEMORY)))
                .bind("harmless", utc(now.minus(MEMORY_OF_FEW)))
                .execute();
    }

    private static Optional<Duration> delay(Handle handle, List<SignInSubject> subjects, Instant now) {
        return handle
                .createQuery(
                        "select max(blocked_until) from sign_in_failure where subject in (<subjects>) and blocked_until > :now")
                .bindList("subjects", subjects.stream().map(SignInSubject::hash).toList())
                .bind("now", utc(now))
                .mapTo(OffsetDateTime.class)
                .stream()
                .filter(Objects::nonNull)
                .map(until -> Duration.between(now, until.toInstant()))
                .findFirst();
    }

    /**
     * The attempt has succeeded.
     *
     * @param subjects those with which it began
     * @param cleared those of them whose failures are forgotten; for the others, only this attempt does not count as one
     */
    void succeeded(Handle transaction, List<SignInSubject> subjects, List<SignInSubject> cleared) {
        Instant now = clock.instant();
        for (SignInSubject subject : ordered(subjects)) {
            if (cleared.contains(subject)) {
                delete(transaction, subject);
            } else {
                add(transaction, subject, now, -1);
            }
        }
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

    /** The number of failures so far. */
    private static int lock(Handle transaction, SignInSubject subject, Instant now) {
        transaction
                .createUpdate(
                        "insert into sign_in_failure (subject, failures, last_at) values (:subject, 0, :now) on conflict do nothing")
                .bind("subject", subject.hash())
                .bind("now", utc(now))
                .execute();
        return transaction
                .createQuery("select failures from sign_in_failure where subject = :subject for update")
                .bind("subject", subject.hash())
                .mapTo(Integer.class)
                // Deleted in the meantime.
                .findOne()
                .orElse(0);
    }

    private static void add(Handle transaction, SignInSubject subject, Instant now, int more) {
        int failures = Math.max(lock(transaction, subject, now) + more, 0);
        boolean blocks = more > 0 && failures >= subject.free();
        transaction
                .createUpdate("""
                        update sign_in_failure set failures = :failures, last_at = :now, blocked_until = :until
                         where subject = :subject
                        """)
                .bind("failures", failures)
                .bind("now", utc(now))
                .bind("until", blocks ? utc(now.plus(delay(failures - subject.free()))) : null)
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
