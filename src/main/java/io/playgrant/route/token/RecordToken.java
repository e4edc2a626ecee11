package io.playgrant.route.token;

import io.playgrant.record.RecordWriter;
import io.playgrant.route.exchange.FlowProperties;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code record-token}: the {@link io.playgrant.token.LicenseToken} in the body leaves a record. Leaves the body as it is. */
public final class RecordToken implements Processor {

    private final RecordWriter writer;
    private final AnswerRecords records;

    public RecordToken(RecordWriter writer, AnswerRecords records) {
        this.writer = writer;
        this.records = records;
    }

    @Override
    public void process(Exchange exchange) {
        // First of all: what refuses a record must not be recorded in its place.
        FlowProperties.setRecordDone(exchange);
        writer.add(List.of(records.issued(exchange)));
    }
}
