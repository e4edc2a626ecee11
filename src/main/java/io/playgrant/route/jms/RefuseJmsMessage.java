package io.playgrant.route.jms;

import io.playgrant.batch.ResultWriter;
import io.playgrant.batch.TokenResult;
import io.playgrant.error.ErrorMessage;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.route.exchange.SourceMeters;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code refuse-jms-message}: the refusal of a message becomes its answer, a line in the log and the reason of a dead letter. */
final class RefuseJmsMessage implements Processor {

    private final RefusalLog log;
    private final SourceMeters meters;

    RefuseJmsMessage(RefusalLog log, SourceMeters meters) {
        this.log = log;
        this.meters = meters;
    }

    @Override
    public void process(Exchange exchange) {
        TokenException refusal = JmsProperties.refusal(exchange);
        log.add(
                refusal,
                exchange.getProperty(FlowProperties.REQUEST_ID, String.class),
                FlowProperties.JMS,
                Optional.empty());
        meters.refused(exchange, refusal.code());
        exchange.setProperty(JmsProperties.DEAD_LETTER, refusal.details());
        String id = exchange.getProperty(JmsProperties.ID, String.class);
        JmsReply.set(exchange, ResultWriter.write(TokenResult.of(id, ErrorMessage.of(refusal))));
    }
}
