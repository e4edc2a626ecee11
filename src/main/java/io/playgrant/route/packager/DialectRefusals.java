package io.playgrant.route.packager;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.packaging.PackagingException;
import io.playgrant.packager.cpix.CpixException;
import io.playgrant.packager.widevine.WidevineAnswer;
import io.playgrant.packager.widevine.WidevineException;
import io.playgrant.packager.widevine.WidevineStatus;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.exchange.StepRegistry;
import java.nio.ByteBuffer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Refusals in the words of the dialects: what is wrong in a request of the Widevine dialect is a status in an answer with HTTP 200, what is
 * wrong in a document of CPIX is a text. Everything else, such as a wrong authenticator, is refused as at all endpoints.
 */
final class DialectRefusals {

    private static final int OK = 200;
    private static final int UNPROCESSABLE = 422;

    private final RefusalLog log;

    DialectRefusals(RefusalLog log) {
        this.log = log;
    }

    /** Binds the steps, which follow the failure of a request. */
    void bind(StepRegistry steps) {
        steps.processor("write-widevine-refusal", this::writeWidevine);
        steps.processor("write-cpix-refusal", this::writeCpix);
    }

    private void writeWidevine(Exchange exchange) {
        RuntimeException failure = failure(exchange);
        WidevineStatus status = failure instanceof WidevineException refusal
                ? refusal.status()
                : status(((PackagingException) failure).reason());
        write(exchange, OK, ByteBuffer.wrap(WidevineAnswer.refusal(status)), status + ": " + failure.getMessage());
    }

    private static WidevineStatus status(PackagingException.Reason reason) {
        return switch (reason) {
            case TOO_MANY_PERIODS -> WidevineStatus.NO_REQUESTED_CRYPTO_PERIODS;
            case TOO_MANY_KEYS, EXPIRED, OTHER_CONTENT, NOT_HELD -> WidevineStatus.ASSET_NOT_FOUND;
        };
    }

    private void writeCpix(Exchange exchange) {
        RuntimeException failure = failure(exchange);
        int status = failure instanceof CpixException refusal ? refusal.status() : UNPROCESSABLE;
        String text = String.valueOf(failure.getMessage());
        write(exchange, status, text, text);
    }

    private void write(Exchange exchange, int status, Object body, String reason) {
        PackagerCall call = RequestContext.of(exchange, PackagerCall.class);
        TokenException refusal =
                TokenException.of(ErrorCode.BAD_REQUEST, reason).withStatus(status);
        log.add(refusal, call.id(), call.source(), call.callerIfKnown());
        call.setRefused();
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setBody(body);
    }

    private static RuntimeException failure(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, RuntimeException.class);
    }
}
