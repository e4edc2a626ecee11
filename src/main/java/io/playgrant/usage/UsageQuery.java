package io.playgrant.usage;

import io.playgrant.account.Environment;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A query for counts of answers. Counts are kept per minute, so the period consists of whole minutes.
 *
 * @param account the account; empty for all
 * @param environment the environment; empty for both
 * @param from the beginning of the period; within a minute, that minute counts
 * @param to the end of the period; within a minute, that minute counts
 * @param by what a row stands for
 */
public record UsageQuery(
        OptionalLong account, Optional<Environment> environment, Instant from, Instant to, Grouping by) {

    /** The counts of all accounts. */
    public static UsageQuery ofAll(Instant from, Instant to, Grouping by) {
        return new UsageQuery(OptionalLong.empty(), Optional.empty(), from, to, by);
    }

    /** Extends the period to whole minutes. */
    public UsageQuery {
        from = from.truncatedTo(ChronoUnit.MINUTES);
        Instant end = to.truncatedTo(ChronoUnit.MINUTES);
        to = end.equals(to) ? to : end.plus(1, ChronoUnit.MINUTES);
    }

    /** The first minute, since 1970. */
    long firstMinute() {
        return from.getEpochSecond() / 60;
    }

    /** The minute after the last one, since 1970. */
    long endMinute() {
        return to.getEpochSecond() / 60;
    }
}
