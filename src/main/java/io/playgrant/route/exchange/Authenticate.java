package io.playgrant.route.exchange;

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
public final class Authenticate implements Processor {

    private final Authenticator authenticator;
    private final BiConsumer<Caller, Origin> admission;
    private final boolean recorded;

    private Authenticate(Authenticator authenticator, BiConsumer<Caller, Origin> admission, boolean recorded) {
        this.authenticator = authenticator;
        this.admission = admission;
        this.recorded = recorded;
    }

    /** A step that lets those in who may have tokens. Whatever they are answered leaves a record. */
    public static Authenticate forTokens(Authenticator authenticator) {
        return new Authenticate(authenticator, authenticator::admit, true);
    }

    /** A step that lets those in who may see and change what is kept for them here. */
    public static Authenticate forStorage(Authenticator authenticator) {
        return new Authenticate(authenticator, authenticator::admitWithoutWidevine, false);
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
        if (recorded) {
            FlowProperties.setRecordDue(exchange);
        }
        admission.accept(caller, FlowProperties.origin(exchange));
    }
}
