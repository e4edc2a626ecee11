package io.playgrant.console.api;

import io.playgrant.account.Caller;
import io.playgrant.batch.TokenResult;
import io.playgrant.token.Parameters;

/** Issues tokens for accounts whose authenticator the operator does not have. */
@FunctionalInterface
public interface TokenIssuing {

    /**
     * Issues a token as if the account had asked for it: its rules apply, and it is charged for and recorded.
     *
     * @param caller the account and its environment
     * @param requestId the id of the request, for its record
     * @throws io.playgrant.error.TokenException if the service does not issue tokens at the moment
     */
    TokenResult issue(Caller caller, Parameters parameters, String requestId);
}
