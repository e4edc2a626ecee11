package io.playgrant.route.keystore;

import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.route.http.BasicCredentials;
import io.playgrant.route.http.CallOrigin;
import io.playgrant.route.http.ErrorFormat;
import io.playgrant.route.http.HttpCall;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Step {@code read-key-call}: notes what an {@link HttpCall} asks of the key storage, and leaves a {@link TokenRequest} with nothing but the
 * caller in it.
 */
final class ReadKeyCall implements Processor {

    private final CallOrigin origin;

    ReadKeyCall(CallOrigin origin) {
        this.origin = origin;
    }

    @Override
    public void process(Exchange exchange) {
        HttpCall call = exchange.getMessage().getBody(HttpCall.class);
        exchange.setProperty(FlowProperties.SOURCE, FlowProperties.KEYSTORE);
        exchange.setProperty(FlowProperties.ERROR_FORMAT, ErrorFormat.JSON);
        CallOrigin.check(call);
        origin.note(exchange, call);
        KeyPath path = KeyPath.of(call.path());
        exchange.setProperty(FlowProperties.OPERATION, path.operations().getOrDefault(call.method(), "none"));
        Parameters query = FlowProperties.parameters(exchange);
        new KeyCall(path, query, call.body()).keepIn(exchange);
        exchange.getMessage().setBody(TokenRequest.of(BasicCredentials.caller(call, query)));
    }
}
