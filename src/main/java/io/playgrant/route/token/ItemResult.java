package io.playgrant.route.token;

import io.playgrant.batch.TokenResult;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.route.exchange.SourceMeters;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code item-result}: the licence URL becomes a {@link TokenResult}, with its record if that is to be kept later. */
public final class ItemResult implements Processor {

    private final SourceMeters meters;
    private final AnswerRecords records;

    public ItemResult(SourceMeters meters, AnswerRecords records) {
        this.meters = meters;
        this.records = records;
    }

    @Override
    public void process(Exchange exchange) {
        String id = FlowProperties.item(exchange).id();
        String url = exchange.getProperty(FlowProperties.LICENSE_URL, String.class);
        Long debtor = FlowProperties.debtor(exchange);
        if (debtor == null) {
            // What is owed may still be refused, and is counted when it is settled.
            meters.succeeded(exchange);
        }
        exchange.getMessage()
                .setBody(new TokenResult(
                        id, url, null, debtor, FlowProperties.isQueued(exchange) ? records.issued(exchange) : null));
    }
}
