package io.playgrant.route;

import io.playgrant.batch.TokenResult;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.ErrorMessage;
import io.playgrant.error.TokenException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Step {@code describe-item-error}: what ended the flow becomes a {@link TokenResult}. If the source is a queue, a failure of the service
 * itself goes on as an exception instead, so that the message is tried again; and so does the account's rate if the source is a stream.
 */
final class DescribeItemError implements Processor {

    private static final int UNAVAILABLE = 503;

    private final RefusalLog log;
    private final SourceMeters meters;

    DescribeItemError(RefusalLog log, SourceMeters meters) {
        this.log = log;
        this.meters = meters;
    }

    @Override
    public void process(Exchange exchange) {
        String requestId = exchange.getProperty(FlowProperties.REQUEST_ID, "", String.class);
        TokenException refusal =
                Refusals.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class), requestId);
        if (isTriedAgain(refusal, exchange)) {
            throw refusal;
        }
        log.add(refusal, requestId, FlowProperties.source(exchange), FlowProperties.caller(exchange));
        meters.refused(exchange, refusal.code());
        exchange.getMessage()
                .setBody(TokenResult.of(FlowProperties.item(exchange).id(), ErrorMessage.of(refusal)));
    }

    private static boolean isTriedAgain(TokenException refusal, Exchange exchange) {
        return (refusal.status() == UNAVAILABLE && FlowProperties.isQueued(exchange))
                || (refusal.code() == ErrorCode.TOO_MANY_REQUESTS && FlowProperties.isStreamed(exchange));
    }
}
