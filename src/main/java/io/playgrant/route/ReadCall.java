package io.playgrant.route;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code read-call}: what every HTTP answer needs to know, an error's too. Takes and leaves an {@link HttpCall}. */
final class ReadCall implements Processor {

    @Override
    public void process(Exchange exchange) {
        HttpCall call = exchange.getMessage().getBody(HttpCall.class);
        exchange.setProperty(FlowProperties.REQUEST_ID, call.id());
        exchange.setProperty(FlowProperties.SOURCE, "http");
        ErrorFormat.note(exchange, call, ReadTokenRequest.query(call));
    }
}
