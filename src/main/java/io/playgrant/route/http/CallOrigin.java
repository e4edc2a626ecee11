package io.playgrant.route.http;

import io.playgrant.account.Authenticator.Origin;
import io.playgrant.account.Environment;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.route.exchange.FlowProperties;
import org.apache.camel.Exchange;

/** Where an {@link HttpCall} came from and went to, as far as tokens are concerned. */
public final class CallOrigin {

    private final Hosts hosts;

    public CallOrigin(Hosts hosts) {
        this.hosts = hosts;
    }

    /** Refuses what cannot be trusted to end where it seems to, and what nobody can say the origin of. */
    public static void check(HttpCall call) {
        // Whatever the method: where the body ends is where the next request begins.
        if (call.body().state() == HttpCall.Body.State.MALFORMED) {
            throw TokenException.of(ErrorCode.BAD_REQUEST, "the body could not be read");
        }
        // Before anything is asked of the address or the host.
        if (call.arrival().refusal() != null) {
            throw call.arrival().refusal();
        }
    }

    /**
     * Notes the environment, the address and where tokens are redeemed.
     *
     * @throws TokenException {@link ErrorCode#BAD_REQUEST} if the call names no host
     */
    public void note(Exchange exchange, HttpCall call) {
        Environment environment = hosts.environment(call.arrival().authority());
        FlowProperties.setOrigin(
                exchange, new Origin(environment, call.arrival().address()));
        exchange.setProperty(FlowProperties.RIGHTS_URL, hosts.rightsUrl(environment, call));
    }
}
