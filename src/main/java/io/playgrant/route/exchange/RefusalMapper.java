package io.playgrant.route.exchange;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.FailureTrace;
import io.playgrant.error.TokenException;
import io.playgrant.token.constraint.Violations;
import org.apache.camel.Exchange;
import org.apache.camel.component.bean.validator.BeanValidationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a documented refusal of whatever ended the flow. */
public final class RefusalMapper {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalMapper.class);

    private RefusalMapper() {}

    /**
     * The refusal that a failure stands for. One that nobody foresaw is an internal error, whose details and log line share an id.
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

    /** The refusal that a caught failure stands for, in whose place it is from now on. */
    public static TokenException ofCaught(Exchange exchange) {
        TokenException refusal = of(
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class),
                RequestContext.find(exchange).map(RequestContext::id).orElse(""));
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, refusal);
        return refusal;
    }
}
