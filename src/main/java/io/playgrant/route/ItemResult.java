package io.playgrant.route;

import io.playgrant.batch.TokenResult;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code item-result}: the licence URL becomes a {@link TokenResult}. */
final class ItemResult implements Processor {

    private final SourceMeters meters;

    ItemResult(SourceMeters meters) {
        this.meters = meters;
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
        exchange.getMessage().setBody(new TokenResult(id, url, null, debtor));
    }
}
