package io.playgrant.route.records;

import io.playgrant.account.Caller;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.record.RecordObject;
import io.playgrant.record.RecordQuery;
import io.playgrant.record.Records;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.route.exchange.OngoingProblem;
import io.playgrant.storage.DatabaseBulkhead;
import io.playgrant.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code find-records}: leaves a page of the caller's records. */
public final class FindRecords implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(FindRecords.class);

    /** What takes longer looks through more than anybody should ask for at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Records records;
    private final Clock clock;
    private final SearchBulkhead places = new SearchBulkhead();
    private final DatabaseBulkhead storage = new DatabaseBulkhead();
    private final OngoingProblem trouble;

    public FindRecords(Records records, Clock clock) {
        this.records = records;
        this.clock = clock;
        this.trouble = new OngoingProblem(LOG, "The records can be read again", clock);
    }

    @Override
    public void process(Exchange exchange) {
        Caller caller = FlowProperties.caller(exchange).orElseThrow();
        RecordQuery query = RecordCall.of(exchange).query(caller, clock.instant());
        long account = caller.account().number();
        places.enter(account);
        try {
            exchange.getMessage().setBody(RecordObject.Page.of(storage.ask(() -> records.find(query, PATIENCE))));
            trouble.clear();
        } catch (StorageException e) {
            trouble.report("The records cannot be read: " + e.getMessage());
            throw TokenException.of(ErrorCode.ADMIN_ERROR, "the records are out of reach, try again later");
        } finally {
            places.leave(account);
        }
    }
}
