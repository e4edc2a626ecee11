package io.playgrant.route.http;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.token.Parameter;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenRequest;
import java.util.Arrays;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code check-error-format}: {@code errorFormat} is html or json (protocol sections 2 and 3). Takes and leaves a {@link TokenRequest}. */
public final class ErrorFormat implements Processor {

    /** The value of {@code errorFormat} for json. */
    public static final String JSON = "json";

    private static final String HTML = "html";

    /** The paths whose errors are json, whatever the client accepts. */
    private static final String KEY_STORAGE = "/keystore";

    private static final String RECORDS = "/records";

    @Override
    public void process(Exchange exchange) {
        Parameter format = exchange.getMessage().getBody(TokenRequest.class).errorFormat();
        if (!format.isAbsent() && !(format.isSingle() && isKnown(format.value()))) {
            throw TokenException.of(ErrorCode.INVALID_ERROR_FORMAT, "errorFormat must be html or json, given once");
        }
    }

    /** Notes how an error of this call is to be written, whatever the error is. */
    public static void note(Exchange exchange, HttpCall call, Parameters parameters) {
        Parameter format = parameters.get("errorFormat");
        exchange.setProperty(FlowProperties.ERROR_FORMAT, asksForJson(format) ? JSON : HTML);
        exchange.setProperty(FlowProperties.HTTP_ERROR_FORMAT, ofHttpError(call, parameters));
    }

    /** How an error that the protocol has no number for is to be written. */
    static String ofHttpError(HttpCall call, Parameters parameters) {
        return asksForJson(parameters.get("errorFormat")) || accepts(call.accept()) || isAlwaysJson(call.path())
                ? JSON
                : HTML;
    }

    private static boolean isAlwaysJson(String path) {
        return path.equals(KEY_STORAGE)
                || path.startsWith(KEY_STORAGE + "/")
                || path.equals(RECORDS)
                || path.equals(RECORDS + "/");
    }

    private static boolean asksForJson(Parameter format) {
        return format.isSingle() && format.value().equals(JSON);
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
