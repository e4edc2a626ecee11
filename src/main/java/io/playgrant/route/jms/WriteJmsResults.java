package io.playgrant.route.jms;

import io.playgrant.batch.ResultWriter;
import io.playgrant.batch.TokenResult;
import io.playgrant.route.exchange.FlowProperties;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code write-jms-results}: the results in the body become the answer to their message. */
final class WriteJmsResults implements Processor {

    @Override
    public void process(Exchange exchange) {
        @SuppressWarnings("unchecked")
        List<TokenResult> results = exchange.getMessage().getBody(List.class);
        // In one piece: brokers split large messages themselves.
        JmsReply.set(
                exchange,
                ResultWriter.write(FlowProperties.message(exchange), results, Integer.MAX_VALUE)
                        .get(0));
    }
}
