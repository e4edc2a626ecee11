package io.playgrant.route.exchange;

import io.playgrant.account.Authenticator.Origin;
import io.playgrant.account.Caller;
import io.playgrant.token.Parameter;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request of a customer, who proves with an authenticator which account it is for. */
public abstract class AccountRequest extends RequestContext {

    private final Origin origin;
    private @Nullable Caller caller;

    /**
     * A request of which the caller is not known yet.
     *
     * @param id see {@link RequestContext}
     * @param source see {@link RequestContext}
     * @param origin where it comes from
     */
    protected AccountRequest(String id, String source, Origin origin) {
        super(id, source);
        this.origin = origin;
    }

    /** The authenticators that were sent; secrets. */
    public abstract Parameter customerAuthenticator();

    /** Where the request comes from. */
    public final Origin origin() {
        return origin;
    }

    /** Notes who is calling. */
    public void setCaller(Caller known) {
        caller = known;
    }

    /** Who is calling. The route must have authenticated the caller. */
    public final Caller caller() {
        return Objects.requireNonNull(caller, "the caller has not been authenticated");
    }

    @Override
    public final Optional<Caller> callerIfKnown() {
        return Optional.ofNullable(caller);
    }
}
