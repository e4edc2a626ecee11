package io.playgrant.route.token;

import io.playgrant.batch.Item;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.token.TokenRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code read-item}: an {@link Item} becomes a {@link TokenRequest}. */
public final class ReadItem implements Processor {

    @Override
    public void process(Exchange exchange) {
        Item item = exchange.getMessage().getBody(Item.class);
        exchange.setProperty(FlowProperties.REQUEST_ID, newRequestId());
        FlowProperties.setItem(exchange, item);
        if (item.refusal() != null) {
            throw item.refusal();
        }
        exchange.getMessage().setBody(TokenRequest.of(item.parameters()));
    }

    /** Not a secret, so that the fast generator will do. Ours, not the client's, which may be given twice. */
    public static String newRequestId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
