package io.playgrant.route.http;

import io.playgrant.error.ErrorMessage;
import io.playgrant.error.ErrorPage;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.route.exchange.RefusalMapper;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.exchange.StepRegistry;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;

/** The steps behind the failure of a route over HTTP: it becomes the error that the protocol documents. */
public final class ErrorSteps {

    private static final int UNAUTHORIZED = 401;

    private final RefusalLog log;
    private final ErrorPage page = new ErrorPage();

    public ErrorSteps(RefusalLog log) {
        this.log = log;
    }

    /** Binds the steps. */
    public void bind(StepRegistry steps) {
        steps.processor("describe-error", this::describeError);
        steps.decision("error-is-json", exchange -> AdmittedCall.of(exchange).errorFormat() == ErrorFormat.JSON);
        steps.processor("render-error-page", this::renderErrorPage);
        steps.bean("no-redelivery", noRedelivery());
    }

    /** A failure is answered, not tried again. Camel logs none: messages may quote secrets. In YAML, Camel would read it for each failure. */
    private static RedeliveryPolicy noRedelivery() {
        RedeliveryPolicy policy = new RedeliveryPolicy();
        policy.setMaximumRedeliveries(0);
        policy.setLogExhausted(false);
        policy.setLogRetryAttempted(false);
        return policy;
    }

    /** The failure that ended the route becomes an {@link ErrorMessage} with its HTTP status, and a line in the log. */
    private void describeError(Exchange exchange) {
        AdmittedCall call = AdmittedCall.of(exchange);
        TokenException refusal =
                RefusalMapper.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class), call.id());
        call.setRefusal(refusal.code());
        log.add(
                refusal,
                call.id(),
                call.source(),
                RequestContext.find(exchange).flatMap(RequestContext::callerIfKnown));
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, refusal.status());
        if (refusal.status() == UNAUTHORIZED) {
            // Required with a 401 by RFC 9110 section 11.6.1.
            message.setHeader("WWW-Authenticate", call.endpoint().authentication());
        }
        refusal.retryAfter().ifPresent(wait -> message.setHeader("Retry-After", wholeSeconds(wait)));
        if (!call.allowed().isEmpty()) {
            message.setHeader("Allow", String.join(", ", call.allowed()));
        }
        message.setBody(ErrorMessage.of(refusal));
    }

    private void renderErrorPage(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setBody(page.render(message.getBody(ErrorMessage.class)));
    }

    /** Rounded up (RFC 9110 section 10.2.3): a client that comes earlier is refused again. */
    static String wholeSeconds(Duration wait) {
        return Long.toString(Math.max(1, wait.plusNanos(999_999_999).toSeconds()));
    }
}
