package io.playgrant.route.kafka;

import io.playgrant.batch.MessageReader;
import io.playgrant.batch.TokenResult;
import io.playgrant.route.exchange.FlowProperties;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code keep-results}: a list of {@link TokenResult}s waits for the end of the poll, or until there are many. */
final class KeepResults implements Processor {

    /** Five full batches: a poll may bring hundreds, which would fill the memory, and the transaction that charges for them. */
    private static final int MANY = 5 * MessageReader.MOST_REQUESTS;

    private final KafkaBacklog backlog;

    KeepResults(KafkaBacklog backlog) {
        this.backlog = backlog;
    }

    @Override
    public void process(Exchange exchange) {
        @SuppressWarnings("unchecked")
        List<TokenResult> results = exchange.getMessage().getBody(List.class);
        int kept = backlog.add(
                new KafkaBacklog.Answer(KafkaMessage.of(exchange), FlowProperties.message(exchange), results));
        if (kept >= MANY) {
            exchange.setProperty(FlowProperties.RESULTS_DUE, "true");
        }
    }
}
