package io.playgrant.route.token;

import io.playgrant.batch.RetryingTokenSource;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.route.exchange.RefusalMapper;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Step {@code leave-item-to-retry}: what will be tried again is no answer yet. If the source is a queue, a failure of the service itself
 * goes on as an exception, so that the message is tried again; and so does the account's rate if the source is a stream. Whoever reads
 * files asks again by itself, so that there is only no record of it.
 */
public final class LeaveItemToRetry implements Processor {

    private static final int UNAVAILABLE = 503;

    @Override
    public void process(Exchange exchange) {
        TokenException refusal = RefusalMapper.ofCaught(exchange);
        boolean triedAgain = FlowProperties.isQueued(exchange)
                ? refusal.status() == UNAVAILABLE
                : FlowProperties.isStreamed(exchange) && refusal.code() == ErrorCode.TOO_MANY_REQUESTS;
        if (triedAgain) {
            throw refusal;
        }
        if (FlowProperties.source(exchange).equals(FlowProperties.BATCH)
                && RetryingTokenSource.isAskedAgain(refusal.code().number())) {
            FlowProperties.setRecordDone(exchange);
        }
    }
}
