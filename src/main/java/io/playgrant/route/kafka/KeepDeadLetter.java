package io.playgrant.route.kafka;

import io.playgrant.batch.DeadLetter;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.route.exchange.SourceMeters;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code keep-dead-letter}: a record that is no message is told of at the end of the poll. */
final class KeepDeadLetter implements Processor {

    private final KafkaBacklog backlog;
    private final RefusalLog log;
    private final SourceMeters meters;

    KeepDeadLetter(KafkaBacklog backlog, RefusalLog log, SourceMeters meters) {
        this.backlog = backlog;
        this.log = log;
        this.meters = meters;
    }

    @Override
    public void process(Exchange exchange) {
        KafkaMessage read = KafkaMessage.of(exchange);
        DeadLetter letter = FlowProperties.deadLetter(exchange);
        backlog.add(read, letter);
        meters.refused(exchange, ErrorCode.BAD_REQUEST);
        log.add(
                TokenException.of(ErrorCode.BAD_REQUEST, letter.reason()),
                read.toString(),
                FlowProperties.source(exchange),
                Optional.empty());
    }
}
