package io.playgrant.route.token;

import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.token.KeyRequest;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code next-key}: the {@link KeyRequest} whose turn it is becomes the body; sets the property {@code keyMaterial} for the choice. */
public final class NextKey implements Processor {

    @Override
    public void process(Exchange exchange) {
        int index = exchange.getProperty(Exchange.LOOP_INDEX, Integer.class);
        KeyRequest request = FlowProperties.request(exchange).keys().get(index);
        // A property, and not an expression over the body: looking methods up by name is the dearest part of a request.
        exchange.setProperty(
                FlowProperties.KEY_MATERIAL, request.material().name().toLowerCase(Locale.ROOT));
        exchange.getMessage().setBody(request);
    }
}
