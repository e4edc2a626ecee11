package io.playgrant.route.http;

import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.token.Parameters;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code read-call}: the query, and what every HTTP answer needs to know, an error's too. Takes and leaves an {@link HttpCall}. */
public final class ReadCall implements Processor {

    @Override
    public void process(Exchange exchange) {
        HttpCall call = exchange.getMessage().getBody(HttpCall.class);
        exchange.setProperty(FlowProperties.REQUEST_ID, call.id());
        exchange.setProperty(FlowProperties.METHOD, call.method());
        exchange.setProperty(FlowProperties.SOURCE, FlowProperties.HTTP);
        Parameters parameters = query(call);
        FlowProperties.setParameters(exchange, parameters);
        ErrorFormat.note(exchange, call, parameters);
    }

    /** The parameters of the query. */
    static Parameters query(HttpCall call) {
        Parameters parameters = new Parameters();
        FormDecoder.decode(call.query().getBytes(StandardCharsets.ISO_8859_1), parameters);
        return parameters;
    }
}
