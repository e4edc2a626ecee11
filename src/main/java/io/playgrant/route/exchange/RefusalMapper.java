package io.playgrant.route.exchange;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.FailureTrace;
import io.playgrant.error.TokenException;
import io.playgrant.token.constraint.Violations;
import org.apache.camel.Exchange;
import org.apache.camel.component.bean.validator.BeanValidationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps the failure of a route to a documented refusal. */
public final class RefusalMapper {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalMapper.class);

    private RefusalMapper() {}

    /**
     * The refusal that a failure stands for. An unforeseen one is an internal error, whose details and log line share an id.
     *
     * @param requestId the id
     */
    public static TokenException of(Throwable failure, String requestId) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TokenException refusal) {
                return refusal;
            }
            if (cause instanceof BeanValidationException invalid) {
                // Its message holds the rejected values.
                return Violations.refusal(invalid.getConstraintViolations());
            }
        }
        LOG.error("Request {} failed: {}", requestId, FailureTrace.withoutMessages(failure));
        return TokenException.of(ErrorCode.INTERNAL_ERROR, "the log tells more under " + requestId);
    }

    /** Maps the caught failure of an exchange, and puts the refusal in its place. */
    public static TokenException ofCaught(Exchange exchange) {
        TokenException refusal = of(
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class),
                RequestContext.find(exchange).map(RequestContext::id).orElse(""));
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, refusal);
        return refusal;
    }
}
