package io.playgrant.route;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.token.Parameter;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenRequest;
import java.util.Arrays;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code check-error-format}: {@code errorFormat} is html or json (protocol sections 2 and 3). Takes and leaves a {@link TokenRequest}. */
final class ErrorFormat implements Processor {

    private static final String HTML = "html";
    private static final String JSON = "json";

    @Override
    public void process(Exchange exchange) {
        Parameter format = exchange.getMessage().getBody(TokenRequest.class).errorFormat();
        if (!format.isAbsent() && !(format.isSingle() && isKnown(format.value()))) {
            throw TokenException.of(ErrorCode.INVALID_ERROR_FORMAT, "errorFormat must be html or json, given once");
        }
    }

    /** Notes how an error of this call is to be written, whatever the error is. */
    static void note(Exchange exchange, HttpCall call, Parameters parameters) {
        Parameter format = parameters.get("errorFormat");
        boolean json = format.isSingle() && format.value().equals(JSON);
        exchange.setProperty(FlowProperties.ERROR_FORMAT, json ? JSON : HTML);
        exchange.setProperty(FlowProperties.HTTP_ERROR_FORMAT, json || accepts(call.accept()) ? JSON : HTML);
    }

    private static boolean isKnown(String format) {
        return format.equals(HTML) || format.equals(JSON);
    }

    private static boolean accepts(String accept) {
        return Arrays.stream(accept.split(","))
                .map(range -> range.split(";", 2)[0].trim().toLowerCase(Locale.ROOT))
                .anyMatch("application/json"::equals);
    }
}
