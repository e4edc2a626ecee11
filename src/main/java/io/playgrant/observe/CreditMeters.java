package io.playgrant.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.playgrant.account.Credits;
import io.playgrant.storage.DatabaseBulkhead;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Poller;
import io.playgrant.time.Schedule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The credits of accounts, polled every second, so that a request for metrics does not wait for the database. */
final class CreditMeters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CreditMeters.class);

    /** Only the accounts with the fewest credits, which need the operator's attention. */
    private static final int MOST_ACCOUNTS = 1_000;

    private final Credits credits;
    private final DatabaseBulkhead database = new DatabaseBulkhead(1);
    private final CreditGauges gauges;
    private final Poller poller;

    CreditMeters(Credits credits, MeterRegistry registry, Schedule schedule) {
        this.credits = credits;
        this.gauges = new CreditGauges(registry);
        this.poller = schedule.start("credits", this::poll);
    }

    private void poll() {
        try {
            gauges.show(database.call(() -> credits.fewest(MOST_ACCOUNTS)));
        } catch (StorageException e) {
            // DatabaseWatch reports the outage. The gauges keep their last values.
            LOG.debug("Credits are not known", e);
        }
    }

    @Override
    public void close() {
        poller.close();
    }
}
