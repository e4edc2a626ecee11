package io.playgrant.route.token;

import io.playgrant.account.Account;
import io.playgrant.route.exchange.FlowProperties;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code owe-credit}: notes who is to pay, if the account has a limit. Leaves the body as it is. */
public final class OweCredit implements Processor {

    @Override
    public void process(Exchange exchange) {
        Account account = FlowProperties.caller(exchange).orElseThrow().account();
        if (!account.credits().isNone()) {
            FlowProperties.setDebtor(exchange, account.number());
        }
    }
}
