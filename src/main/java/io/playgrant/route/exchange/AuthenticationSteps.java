package io.playgrant.route.exchange;

import io.playgrant.account.Authenticator;
import io.playgrant.account.Caller;
import io.playgrant.account.Profile;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.token.Parameter;

/** Authenticates callers and checks what they may do. */
public final class AuthenticationSteps {

    private final Authenticator authenticator;

    public AuthenticationSteps(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** Binds the steps. */
    public void bind(StepRegistry steps) {
        steps.step("authenticate", Issuance.class, this::authenticate);
        steps.step("authenticate-for-storage", AccountRequest.class, this::authenticateForStorage);
        steps.decision(
                "account-is-lenient",
                Issuance.class,
                issuance -> issuance.caller().account().profile() == Profile.LENIENT);
    }

    /** Admits callers who may have tokens. From here on each answer leaves a record. */
    private void authenticate(Issuance issuance) {
        Caller caller = issuance.isVouchedFor() ? issuance.caller() : identify(issuance);
        issuance.setRecordDue();
        authenticator.admit(caller, issuance.origin());
    }

    /** Admits callers who may see and change what is stored for them here. */
    private void authenticateForStorage(AccountRequest request) {
        authenticator.admitWithoutWidevine(identify(request), request.origin());
    }

    private Caller identify(AccountRequest request) {
        Parameter given = request.customerAuthenticator();
        if (given.malformed()) {
            throw TokenException.of(
                    ErrorCode.INVALID_AUTHENTICATOR, "customerAuthenticator must be percent-encoded UTF-8");
        }
        Caller caller = authenticator.identify(given.values());
        request.setCaller(caller);
        return caller;
    }
}
