package io.playgrant.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.playgrant.account.Credits;
import io.playgrant.storage.DatabaseBulkhead;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Poller;
import io.playgrant.time.Schedule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The credits that accounts have left, asked for every second, so that whoever asks for metrics need not wait for the database. */
final class CreditMeters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CreditMeters.class);

    /** Those with the fewest credits: they are the ones to look after. */
    private static final int MOST_ACCOUNTS = 1_000;

    private final Credits credits;
    private final DatabaseBulkhead database = new DatabaseBulkhead(1);
    private final CreditGauges gauges;
    private final Poller poller;

    CreditMeters(Credits credits, MeterRegistry registry, Schedule schedule) {
        this.credits = credits;
        this.gauges = new CreditGauges(registry);
        this.poller = schedule.start("credits", this::look);
    }

    private void look() {
        try {
            gauges.show(database.ask(() -> credits.fewest(MOST_ACCOUNTS)));
        } catch (StorageException e) {
            // Whether the database answers is watched elsewhere; what was known last is shown.
            LOG.debug("Credits are not known", e);
        }
    }

    @Override
    public void close() {
        poller.close();
    }
}
