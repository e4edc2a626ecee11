package io.playgrant.route;

import io.playgrant.account.Authenticator;
import io.playgrant.account.Authenticator.Origin;
import io.playgrant.account.Caller;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.token.Parameter;
import io.playgrant.token.TokenRequest;
import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code authenticate}: who is calling, and may they. Takes and leaves a {@link TokenRequest}; sets the property {@code account}. */
final class Authenticate implements Processor {

    private final Authenticator authenticator;
    private final BiConsumer<Caller, Origin> admission;

    /**
     * A step that lets callers in.
     *
     * @param authenticator tells who they are
     * @param admission throws if they may not
     */
    Authenticate(Authenticator authenticator, BiConsumer<Caller, Origin> admission) {
        this.authenticator = authenticator;
        this.admission = admission;
    }

    @Override
    public void process(Exchange exchange) {
        TokenRequest request = exchange.getMessage().getBody(TokenRequest.class);
        Parameter given = request.customerAuthenticator();
        if (given.malformed()) {
            throw TokenException.of(
                    ErrorCode.INVALID_AUTHENTICATOR, "customerAuthenticator must be percent-encoded UTF-8");
        }
        Caller caller = authenticator.identify(given.values());
        FlowProperties.setCaller(exchange, caller);
        FlowProperties.setRequest(exchange, request);
        admission.accept(caller, FlowProperties.origin(exchange));
    }
}
