package io.playgrant.route.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Something that is wrong for a while. The log tells it when it begins or changes, every minute, and when it is over. */
public final class OngoingProblem {

    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final Logger log;
    private final String whatWorks;
    private final Clock clock;
    private @Nullable Current current;

    /**
     * No trouble yet.
     *
     * @param whatWorks a sentence for the time after it
     */
    public OngoingProblem(Logger log, String whatWorks, Clock clock) {
        this.log = log;
        this.whatWorks = whatWorks;
        this.clock = clock;
    }

    private record Current(String reason, Instant since, Instant told) {}

    /**
     * Something is wrong.
     *
     * @param reason a sentence without a full stop and without secrets
     */
    public synchronized void report(String reason) {
        Instant now = clock.instant();
        Current before = current;
        boolean isToBeTold = before == null
                || !before.reason().equals(reason)
                || Duration.between(before.told(), now).compareTo(SILENCE) >= 0;
        if (isToBeTold) {
            log.warn("{}", reason);
        }
        current = new Current(
                reason, before == null ? now : before.since(), before == null || isToBeTold ? now : before.told());
    }

    /** Nothing is wrong any more. */
    public synchronized void clear() {
        if (current != null) {
            log.info("{}", whatWorks);
        }
        current = null;
    }

    /** What is wrong, and since when. */
    public synchronized Optional<String> problem() {
        return Optional.ofNullable(current).map(now -> now.reason() + "; since " + now.since());
    }
}
