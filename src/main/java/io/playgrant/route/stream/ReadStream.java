package io.playgrant.route.stream;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.route.http.BasicCredentials;
import io.playgrant.route.http.BodyFormat;
import io.playgrant.route.http.CallOrigin;
import io.playgrant.route.http.HttpCall;
import io.playgrant.route.http.HttpCallEngine;
import io.playgrant.token.Parameter;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Step {@code read-stream}: an {@link HttpCall} whose body is still to come becomes a {@link TokenRequest} with its authenticator and error
 * format. The lines bring all other parameters.
 */
public final class ReadStream implements Processor {

    private final CallOrigin origin;

    public ReadStream(CallOrigin origin) {
        this.origin = origin;
    }

    @Override
    public void process(Exchange exchange) {
        HttpCall call = exchange.getMessage().getBody(HttpCall.class);
        if (!call.method().equals("POST")) {
            exchange.setProperty(FlowProperties.ALLOW, "POST");
            throw TokenException.of(ErrorCode.METHOD_NOT_ALLOWED, "use POST");
        }
        CallOrigin.check(call);
        BodyFormat.checkNotEncoded(call);
        BodyFormat.checkType(call, HttpCallEngine.LINES);
        origin.note(exchange, call);
        Parameters query = FlowProperties.parameters(exchange);
        Parameters own = new Parameters();
        copy(query.get("customerAuthenticator"), own);
        copy(query.get("errorFormat"), own);
        BasicCredentials.read(call, own);
        exchange.getMessage().setBody(TokenRequest.of(own));
    }

    private static void copy(Parameter parameter, Parameters target) {
        parameter.values().forEach(value -> target.add(parameter.name(), value));
        if (parameter.malformed()) {
            target.addMalformed(parameter.name());
        }
    }
}
