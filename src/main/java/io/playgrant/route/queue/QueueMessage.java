package io.playgrant.route.queue;

import io.playgrant.batch.TokenMessage;
import io.playgrant.batch.TokenResult;
import io.playgrant.record.TokenRecord;
import io.playgrant.route.exchange.Outcome;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.exchange.Source;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message of a queue on its way through its route: the requests that it brings, and what came of them. */
public abstract class QueueMessage extends RequestContext {

    private final Source transport;
    private @Nullable TokenMessage message;
    private List<Outcome> outcomes = List.of();
    private List<TokenRecord> records = List.of();

    /**
     * A message that has not been read.
     *
     * @param id the name of the message in the log
     */
    protected QueueMessage(String id, Source transport) {
        super(id, transport.label());
        this.transport = transport;
    }

    /** Where the message stands in its queue, as its charges are remembered. */
    public abstract long place();

    public final Source transport() {
        return transport;
    }

    /** Notes the requests, once they were read. */
    public final void setMessage(TokenMessage read) {
        message = read;
    }

    /** The requests of the message. */
    public final TokenMessage message() {
        return Objects.requireNonNull(message, "the message has not been read");
    }

    /** Notes what came of the requests, in their order. */
    final void setOutcomes(List<Outcome> known) {
        outcomes = known;
    }

    /** What came of the requests, in their order. */
    public final List<Outcome> outcomes() {
        return outcomes;
    }

    /** The answers to the requests, in their order. */
    public final List<TokenResult> results() {
        return outcomes.stream().map(Outcome::result).toList();
    }

    /** Notes the records that must be written before the results are sent. */
    public final void setRecords(List<TokenRecord> settled) {
        records = settled;
    }

    final List<TokenRecord> records() {
        return records;
    }
}
