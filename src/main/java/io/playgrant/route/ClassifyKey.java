package io.playgrant.route;

import io.playgrant.token.KeyRequest;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code classify-key}: sets the property {@code keyMaterial} for the choice. Takes and leaves a {@link KeyRequest}. */
final class ClassifyKey implements Processor {

    @Override
    public void process(Exchange exchange) {
        KeyRequest request = exchange.getMessage().getBody(KeyRequest.class);
        // A property, and not an expression over the body: looking methods up by name is the dearest part of a request.
        exchange.setProperty(
                FlowProperties.KEY_MATERIAL, request.material().name().toLowerCase(Locale.ROOT));
    }
}
