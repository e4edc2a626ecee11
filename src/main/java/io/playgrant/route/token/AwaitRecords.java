package io.playgrant.route.token;

import io.playgrant.record.RecordWriter;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code await-records}: no token is paid for that no record could be kept of. Leaves the body as it is. */
public final class AwaitRecords implements Processor {

    private final RecordWriter writer;

    public AwaitRecords(RecordWriter writer) {
        this.writer = writer;
    }

    @Override
    public void process(Exchange exchange) {
        writer.awaitRoom();
    }
}
