package io.playgrant.route.packager;

import io.playgrant.account.Authenticator;
import io.playgrant.account.Caller;
import io.playgrant.account.Purpose;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.storage.StorageException;
import io.playgrant.token.Parameter;

/** Admits packagers: with an authenticator for packaging, where packaging is on. */
final class PackagerAuthentication {

    private final Authenticator authenticator;

    PackagerAuthentication(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** Binds the step. */
    void bind(StepRegistry steps) {
        steps.step("authenticate-packager", PackagerCall.class, this::authenticate);
    }

    private void authenticate(PackagerCall call) {
        Parameter given = call.customerAuthenticator();
        if (given.malformed()) {
            throw TokenException.of(
                    ErrorCode.INVALID_AUTHENTICATOR, "customerAuthenticator must be percent-encoded UTF-8");
        }
        Caller caller = identify(call, given);
        call.setCaller(caller);
        authenticator.admitPackager(caller, call.origin());
    }

    /** Waits for accounts that cannot be read at the moment. */
    private Caller identify(PackagerCall call, Parameter given) {
        try {
            return call.retry().call(() -> {
                try {
                    return authenticator.identify(given.values(), Purpose.PACKAGING);
                } catch (TokenException e) {
                    throw e.code() == ErrorCode.ADMIN_ERROR ? new StorageException(e.reason()) : e;
                }
            });
        } catch (StorageException e) {
            throw PackagerKeySteps.unreachable(e);
        }
    }
}
