package io.playgrant.route;

import io.playgrant.account.Caller;
import io.playgrant.batch.TokenResult;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.Issuance;
import io.playgrant.route.exchange.ItemRoute;
import io.playgrant.route.exchange.RefusalMapper;
import io.playgrant.token.Parameters;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** Issues tokens for operators, through the flow of a running server. Safe for many threads. */
public final class ServerIssuer {

    private volatile @Nullable ItemRoute items;

    /** From now on, the routes of a context issue tokens. */
    void serve(CamelContext context) {
        items = new ItemRoute(context);
    }

    /** From now on, no tokens are issued. */
    void end() {
        items = null;
    }

    /**
     * Issues a token. An operator vouches for the caller, so that the request has no authenticator.
     *
     * @param requestId the id of the request
     * @throws TokenException if the server is starting or shutting down, or the flow fails
     */
    public TokenResult issue(Caller caller, Parameters parameters, String requestId) {
        ItemRoute route = items;
        if (route == null) {
            throw TokenException.of(ErrorCode.SERVICE_UNAVAILABLE, "the server is starting or shutting down");
        }
        // On a thread of its own: the caller's may be in a transaction, which the flow must not join. It charges and
        // records in transactions of its own, which nobody takes back.
        FutureTask<TokenResult> task = new FutureTask<>(() ->
                route.issue(Issuance.ofOperator(requestId, caller, parameters)).result());
        Thread thread = new Thread(task, "console-issue");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw RefusalMapper.of(e.getCause() == null ? e : e.getCause(), requestId);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TokenException.of(ErrorCode.SERVICE_UNAVAILABLE, "the server is shutting down");
        }
    }
}
