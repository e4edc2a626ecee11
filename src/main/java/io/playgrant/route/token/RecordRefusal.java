package io.playgrant.route.token;

import io.playgrant.error.TokenException;
import io.playgrant.record.RecordWriter;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.route.exchange.RefusalMapper;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code record-refusal}: the refusal of a known caller leaves a record. If it cannot, that is what the caller is refused for instead. */
public final class RecordRefusal implements Processor {

    private final RecordWriter writer;
    private final AnswerRecords records;

    public RecordRefusal(RecordWriter writer, AnswerRecords records) {
        this.writer = writer;
        this.records = records;
    }

    @Override
    public void process(Exchange exchange) {
        TokenException refusal = RefusalMapper.ofCaught(exchange);
        FlowProperties.setRecordDone(exchange);
        try {
            writer.awaitRoom();
            writer.add(List.of(records.refused(exchange, refusal.code())));
        } catch (TokenException notRecorded) {
            exchange.setProperty(Exchange.EXCEPTION_CAUGHT, notRecorded);
        }
    }
}
