package io.playgrant.route;

import io.playgrant.batch.TokenResult;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code keep-results}: a list of {@link TokenResult}s waits for the end of the poll. */
final class KeepResults implements Processor {

    private final KafkaBacklog backlog;

    KeepResults(KafkaBacklog backlog) {
        this.backlog = backlog;
    }

    @Override
    public void process(Exchange exchange) {
        @SuppressWarnings("unchecked")
        List<TokenResult> results = exchange.getMessage().getBody(List.class);
        backlog.add(new KafkaBacklog.Answer(KafkaRecord.of(exchange), FlowProperties.message(exchange), results));
    }
}
