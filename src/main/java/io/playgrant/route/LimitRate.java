package io.playgrant.route;

import io.playgrant.account.RateLimits;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code limit-rate}: refuses what comes faster than the account's rate, if it has one. Leaves the body as it is. */
final class LimitRate implements Processor {

    private final RateLimits limits;

    LimitRate(RateLimits limits) {
        this.limits = limits;
    }

    @Override
    public void process(Exchange exchange) {
        limits.check(FlowProperties.caller(exchange).orElseThrow().account());
    }
}
