package io.playgrant.bench.bulk;

import io.playgrant.account.Authenticator.Origin;
import io.playgrant.account.Caller;
import io.playgrant.app.Application;
import io.playgrant.batch.Item;
import io.playgrant.batch.TokenResult;
import io.playgrant.bench.server.PlainFlow;
import io.playgrant.error.ErrorMessage;
import io.playgrant.error.TokenException;
import io.playgrant.token.TokenRequest;

/** Answers the requests of a message without Camel. Charges nobody, and leaves no records. */
final class PlainIssuer implements AutoCloseable {

    private static final String RIGHTS_URL = "http://127.0.0.1:8080/hms/wv/rights/";

    private final PlainFlow flow;

    PlainIssuer(Application application) {
        flow = new PlainFlow(application);
    }

    TokenResult issue(Item item) {
        try {
            return TokenResult.of(item.id(), url(item));
        } catch (TokenException e) {
            return TokenResult.of(item.id(), ErrorMessage.of(e));
        }
    }

    private String url(Item item) {
        if (item.refusal() != null) {
            throw item.refusal();
        }
        TokenRequest request = TokenRequest.of(item.parameters());
        flow.checkErrorFormat(request);
        Caller caller = flow.identify(request);
        flow.admit(caller, Origin.internal());
        flow.validate(request, caller);
        return flow.mint(request, caller, flow.keys(request, caller)).url(RIGHTS_URL, request.wantsHttps());
    }

    @Override
    public void close() {
        flow.close();
    }
}
