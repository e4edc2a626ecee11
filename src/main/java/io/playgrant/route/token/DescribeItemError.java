package io.playgrant.route.token;

import io.playgrant.batch.TokenResult;
import io.playgrant.error.ErrorMessage;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.route.exchange.RefusalMapper;
import io.playgrant.route.exchange.SourceMeters;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code describe-item-error}: what ended the flow becomes a {@link TokenResult}, with its record if that is to be kept later. */
public final class DescribeItemError implements Processor {

    private final RefusalLog log;
    private final SourceMeters meters;
    private final AnswerRecords records;

    public DescribeItemError(RefusalLog log, SourceMeters meters, AnswerRecords records) {
        this.log = log;
        this.meters = meters;
        this.records = records;
    }

    @Override
    public void process(Exchange exchange) {
        String requestId = exchange.getProperty(FlowProperties.REQUEST_ID, "", String.class);
        TokenException refusal =
                RefusalMapper.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class), requestId);
        log.add(refusal, requestId, FlowProperties.source(exchange), FlowProperties.caller(exchange));
        meters.refused(exchange, refusal.code());
        TokenResult result = TokenResult.of(FlowProperties.item(exchange).id(), ErrorMessage.of(refusal));
        boolean recordedLater = FlowProperties.isQueued(exchange)
                && FlowProperties.caller(exchange).isPresent();
        exchange.getMessage()
                .setBody(recordedLater ? result.toBeRecorded(records.refused(exchange, refusal.code())) : result);
    }
}
