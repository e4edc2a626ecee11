package io.playgrant.route.kafka;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code commit-offsets}: the partition's records up to this one will not be read again. */
final class CommitOffsets implements Processor {

    private final RetryDelays delays;

    CommitOffsets(RetryDelays delays) {
        this.delays = delays;
    }

    @Override
    public void process(Exchange exchange) {
        KafkaMessage last = KafkaMessage.of(exchange);
        last.commitNext();
        delays.succeeded(last.queue());
    }
}
