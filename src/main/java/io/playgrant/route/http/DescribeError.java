package io.playgrant.route.http;

import io.playgrant.error.ErrorMessage;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.route.exchange.RefusalMapper;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Step {@code describe-error}: what ended the flow becomes an {@link ErrorMessage} with its HTTP status. */
public final class DescribeError implements Processor {

    private static final int UNAUTHORIZED = 401;

    private final RefusalLog log;

    public DescribeError(RefusalLog log) {
        this.log = log;
    }

    @Override
    public void process(Exchange exchange) {
        String requestId = exchange.getProperty(FlowProperties.REQUEST_ID, "", String.class);
        TokenException refusal =
                RefusalMapper.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class), requestId);
        FlowProperties.setRefusal(exchange, refusal.code());
        log.add(refusal, requestId, FlowProperties.source(exchange), FlowProperties.caller(exchange));
        if (!refusal.code().isDocumented()) {
            exchange.setProperty(
                    FlowProperties.ERROR_FORMAT, exchange.getProperty(FlowProperties.HTTP_ERROR_FORMAT, String.class));
        }
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, refusal.status());
        if (refusal.status() == UNAUTHORIZED) {
            // Required with a 401 by RFC 9110 section 11.6.1.
            message.setHeader("WWW-Authenticate", "Basic realm=\"playgrant\"");
        }
        refusal.retryAfter().ifPresent(wait -> message.setHeader("Retry-After", wholeSeconds(wait)));
        String allow = exchange.getProperty(FlowProperties.ALLOW, String.class);
        if (allow != null) {
            message.setHeader("Allow", allow);
        }
        message.setBody(ErrorMessage.of(refusal));
    }

    /** Rounded up (RFC 9110 section 10.2.3): who comes earlier is refused again. */
    static String wholeSeconds(Duration wait) {
        return Long.toString(Math.max(1, wait.plusNanos(999_999_999).toSeconds()));
    }
}
