package io.playgrant.route.records;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.route.http.BasicCredentials;
import io.playgrant.route.http.CallOrigin;
import io.playgrant.route.http.ErrorFormat;
import io.playgrant.route.http.HttpCall;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Step {@code read-record-call}: notes what an {@link HttpCall} asks of the records, and leaves a {@link TokenRequest} with nothing but the
 * caller in it.
 */
public final class ReadRecordCall implements Processor {

    private final CallOrigin origin;

    public ReadRecordCall(CallOrigin origin) {
        this.origin = origin;
    }

    @Override
    public void process(Exchange exchange) {
        HttpCall call = exchange.getMessage().getBody(HttpCall.class);
        exchange.setProperty(FlowProperties.SOURCE, FlowProperties.RECORDS);
        exchange.setProperty(FlowProperties.ERROR_FORMAT, ErrorFormat.JSON);
        if (!call.method().equals("GET")) {
            exchange.setProperty(FlowProperties.ALLOW, "GET");
            throw TokenException.of(ErrorCode.METHOD_NOT_ALLOWED, "use GET");
        }
        CallOrigin.check(call);
        origin.note(exchange, call);
        Parameters query = FlowProperties.parameters(exchange);
        new RecordCall(query).keepIn(exchange);
        exchange.getMessage().setBody(TokenRequest.of(BasicCredentials.caller(call, query)));
    }
}
