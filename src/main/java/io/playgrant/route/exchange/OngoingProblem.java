package io.playgrant.route.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** A problem that lasts. It is logged when it begins or changes, every minute, and when it is over. */
public final class OngoingProblem {

    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final Logger log;
    private final String recovered;
    private final Clock clock;
    private @Nullable Current current;

    /**
     * No problem.
     *
     * @param recovered the line of the log when the problem is over
     */
    public OngoingProblem(Logger log, String recovered, Clock clock) {
        this.log = log;
        this.recovered = recovered;
        this.clock = clock;
    }

    private record Current(String reason, Instant since, Instant logged) {}

    /**
     * Reports the problem.
     *
     * @param reason a sentence without a full stop and without secrets
     */
    public synchronized void report(String reason) {
        Instant now = clock.instant();
        Current before = current;
        boolean isDue = before == null
                || !before.reason().equals(reason)
                || Duration.between(before.logged(), now).compareTo(SILENCE) >= 0;
        if (isDue) {
            log.warn("{}", reason);
        }
        current = new Current(
                reason, before == null ? now : before.since(), before == null || isDue ? now : before.logged());
    }

    /** The problem is over. */
    public synchronized void clear() {
        if (current != null) {
            log.info("{}", recovered);
        }
        current = null;
    }

    /** The problem, and since when it lasts. */
    public synchronized Optional<String> problem() {
        return Optional.ofNullable(current).map(now -> now.reason() + "; since " + now.since());
    }
}
