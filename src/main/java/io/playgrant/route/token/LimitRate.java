package io.playgrant.route.token;

import io.playgrant.account.RateLimits;
import io.playgrant.route.exchange.FlowProperties;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Step {@code limit-rate}: refuses what comes faster than the account's rate, if it has one. Leaves the body as it is.
 *
 * <p>The rate is for what comes over HTTP. A stream is not refused for it: its line is tried again when the next token is to be had. Queues
 * and files are read no faster than the service goes.
 */
public final class LimitRate implements Processor {

    private final RateLimits limits;

    public LimitRate(RateLimits limits) {
        this.limits = limits;
    }

    @Override
    public void process(Exchange exchange) {
        if (FlowProperties.isOneOfMany(exchange) && !FlowProperties.isStreamed(exchange)) {
            return;
        }
        limits.check(FlowProperties.caller(exchange).orElseThrow().account());
    }
}
