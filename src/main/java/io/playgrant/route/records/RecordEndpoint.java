package io.playgrant.route.records;

import io.playgrant.account.Caller;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.record.RecordObject;
import io.playgrant.record.RecordQuery;
import io.playgrant.record.Records;
import io.playgrant.route.exchange.OngoingProblem;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.route.http.Endpoint;
import io.playgrant.storage.DatabaseBulkhead;
import io.playgrant.storage.NonBlockingThreads;
import io.playgrant.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /records}: an account's records over HTTP (protocol section 7). */
public final class RecordEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(RecordEndpoint.class);

    /** A longer search looks through more than anybody should ask for at once. */
    private static final Duration LONGEST_SEARCH = Duration.ofSeconds(2);

    private static final Endpoint ENDPOINT =
            Endpoint.at("/records", "records").methods("GET").withJsonErrors().readBy(RecordCall::of);

    private final Records records;
    private final Clock clock;
    private final SearchBulkhead searches = new SearchBulkhead();
    private final DatabaseBulkhead storage = new DatabaseBulkhead();
    private final OngoingProblem problem;

    public RecordEndpoint(Records records, Clock clock) {
        this.records = records;
        this.clock = clock;
        this.problem = new OngoingProblem(LOG, "The records can be read again", clock);
    }

    /** Declares the endpoint, and binds its step. */
    public void bind(StepRegistry steps) {
        ENDPOINT.bind(steps);
        steps.answer("find-records", RecordCall.class, this::find);
    }

    /** A page of the caller's records. */
    private RecordObject.Page find(RecordCall call) {
        // A search takes a place, so that it must not begin where it could not go on.
        NonBlockingThreads.refuseCurrent();
        Caller caller = call.caller();
        RecordQuery query = call.query(clock.instant());
        long account = caller.account().number();
        searches.enter(account);
        try {
            RecordObject.Page page = RecordObject.Page.of(storage.call(() -> records.find(query, LONGEST_SEARCH)));
            problem.clear();
            return page;
        } catch (StorageException e) {
            problem.report("The records cannot be read: " + e.getMessage());
            throw TokenException.of(ErrorCode.ADMIN_ERROR, "the records are out of reach, try again later");
        } finally {
            searches.leave(account);
        }
    }
}
