package io.playgrant.route.token;

import io.playgrant.batch.Item;
import io.playgrant.batch.TokenResult;
import java.util.function.Consumer;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/** The way into {@code direct:token-item}, for many threads. */
public final class ItemRoute {

    private final CamelContext context;
    private volatile @Nullable AsyncProcessor entry;

    public ItemRoute(CamelContext context) {
        this.context = context;
    }

    /**
     * Sends an item through the route.
     *
     * @param begin gives its exchange what the transport knows
     * @throws Exception if it is to be tried again
     */
    public TokenResult issue(Item item, Consumer<Exchange> begin) throws Exception {
        Exchange exchange = new DefaultExchange(context);
        begin.accept(exchange);
        exchange.getMessage().setBody(item);
        entry().process(exchange);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange.getMessage().getBody(TokenResult.class);
    }

    /** Not before routes are there. */
    private AsyncProcessor entry() throws Exception {
        AsyncProcessor found = entry;
        if (found == null) {
            found = context.getEndpoint("direct:token-item").createAsyncProducer();
            entry = found;
        }
        return found;
    }
}
