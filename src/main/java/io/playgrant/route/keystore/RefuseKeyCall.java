package io.playgrant.route.keystore;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.FlowProperties;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code refuse-key-call}: the path knows no such method, or there is no such path. */
final class RefuseKeyCall implements Processor {

    @Override
    public void process(Exchange exchange) {
        String allow = KeyCall.of(exchange).path().allow();
        if (allow.isEmpty()) {
            throw TokenException.of(ErrorCode.NOT_FOUND, "keys are at /keystore/keys");
        }
        exchange.setProperty(FlowProperties.ALLOW, allow);
        throw TokenException.of(ErrorCode.METHOD_NOT_ALLOWED, "use " + allow);
    }
}
