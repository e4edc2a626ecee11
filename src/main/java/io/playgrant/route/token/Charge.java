package io.playgrant.route.token;

import io.playgrant.account.CreditBlocks;
import io.playgrant.route.exchange.FlowProperties;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code charge}: takes one of the account's credits, if it has a limit. Leaves the body as it is. */
public final class Charge implements Processor {

    private final CreditBlocks credits;

    public Charge(CreditBlocks credits) {
        this.credits = credits;
    }

    @Override
    public void process(Exchange exchange) {
        credits.charge(FlowProperties.caller(exchange).orElseThrow().account());
    }
}
