package io.playgrant.route.token;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.route.http.BasicCredentials;
import io.playgrant.route.http.BodyFormat;
import io.playgrant.route.http.CallOrigin;
import io.playgrant.route.http.ErrorFormat;
import io.playgrant.route.http.FormDecoder;
import io.playgrant.route.http.HttpCall;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code read-request}: an {@link HttpCall} becomes a {@link TokenRequest} (protocol section 2). */
public final class ReadTokenRequest implements Processor {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final CallOrigin origin;

    public ReadTokenRequest(CallOrigin origin) {
        this.origin = origin;
    }

    @Override
    public void process(Exchange exchange) {
        HttpCall call = exchange.getMessage().getBody(HttpCall.class);
        checkMethod(exchange, call);
        CallOrigin.check(call);
        Parameters parameters = FlowProperties.parameters(exchange);
        if (call.method().equals("POST")) {
            readForm(call, parameters);
        }
        ErrorFormat.note(exchange, call, parameters);
        BasicCredentials.read(call, parameters);
        origin.note(exchange, call);
        exchange.getMessage().setBody(TokenRequest.of(parameters));
    }

    private static void checkMethod(Exchange exchange, HttpCall call) {
        if (!call.method().equals("GET") && !call.method().equals("POST")) {
            exchange.setProperty(FlowProperties.ALLOW, "GET, POST");
            throw TokenException.of(ErrorCode.METHOD_NOT_ALLOWED, "use GET or POST");
        }
    }

    private static void readForm(HttpCall call, Parameters parameters) {
        byte[] body = call.body().bytes();
        if (call.body().state() == HttpCall.Body.State.TOO_LARGE) {
            throw TokenException.of(
                    ErrorCode.CONTENT_TOO_LARGE, "a body has at most " + HttpCall.LARGEST_BODY + " bytes");
        }
        BodyFormat.checkNotEncoded(call);
        if (body.length == 0) {
            return;
        }
        BodyFormat.checkType(call, FORM);
        FormDecoder.decode(body, parameters);
    }
}
