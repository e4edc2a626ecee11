package io.playgrant.route.token;

import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.token.TokenKey;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code keep-key}: the {@link TokenKey} in the body is one of the token's. */
public final class KeepKey implements Processor {

    @Override
    public void process(Exchange exchange) {
        FlowProperties.tokenKeys(exchange).add(exchange.getMessage().getBody(TokenKey.class));
    }
}
