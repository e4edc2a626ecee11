package io.playgrant.route.token;

import io.playgrant.record.RecordWriter;
import io.playgrant.route.exchange.FlowProperties;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code record-results}: what messages are answered, once it is settled, leaves its records before it is sent. Leaves the body as it is. */
public final class RecordResults implements Processor {

    private final RecordWriter writer;

    public RecordResults(RecordWriter writer) {
        this.writer = writer;
    }

    @Override
    public void process(Exchange exchange) {
        writer.awaitRoom();
        writer.add(FlowProperties.pendingRecords(exchange));
    }
}
