package io.playgrant.license;

import io.playgrant.time.Poller;
import io.playgrant.time.Schedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the redemptions of expired tokens, at the start and then every hour, in small transactions, until it is closed. Several servers
 * may do so on the same database.
 */
public final class RedemptionRetention implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedemptionRetention.class);
    private static final Duration INTERVAL = Duration.ofHours(1);

    /** The number of tokens in one transaction. */
    private static final int SOME = 1_000;

    private final Redemptions redemptions;
    private final Clock clock;
    private final Poller poller;
    private Instant next = Instant.MIN;
    private volatile boolean closed;

    /** Starts deleting. */
    public RedemptionRetention(Redemptions redemptions, Clock clock, Schedule schedule) {
        this.redemptions = redemptions;
        this.clock = clock;
        this.poller = schedule.start("redemption-retention", this::look);
    }

    private void look() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(INTERVAL);
        try {
            int deleted;
            do {
                deleted = closed ? 0 : redemptions.deleteSomeExpired(SOME);
            } while (deleted > 0);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Not all redemptions of expired tokens could be deleted; the next attempt is in an hour: {}",
                    e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        poller.close();
    }
}
