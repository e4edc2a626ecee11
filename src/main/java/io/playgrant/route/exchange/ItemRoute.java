package io.playgrant.route.exchange;

import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/** Sends requests to {@code direct:token-item}. Safe for many threads. */
public final class ItemRoute {

    private final CamelContext context;
    private volatile @Nullable AsyncProcessor entry;

    public ItemRoute(CamelContext context) {
        this.context = context;
    }

    /**
     * Sends one of many requests through the route.
     *
     * @throws Exception if it is to be tried again
     */
    public Outcome issue(Issuance issuance) throws Exception {
        Exchange exchange = new DefaultExchange(context);
        issuance.begin(exchange);
        entry().process(exchange);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return issuance.outcome();
    }

    /** The endpoint exists only when the routes have been built. */
    private AsyncProcessor entry() throws Exception {
        AsyncProcessor found = entry;
        if (found == null) {
            found = context.getEndpoint("direct:token-item").createAsyncProducer();
            entry = found;
        }
        return found;
    }
}
