package io.playgrant.route.http;

import io.playgrant.error.TokenException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The connection that a request came by, as its client opened it.
 *
 * @param scheme how the client sent it: {@code http} or {@code https}
 * @param authority host and port as the client named them; empty if it named none or wrote them wrongly
 * @param address the client's address; null if it has none
 * @param refusal why the request must be refused, whatever it asks for; null if nothing is wrong. With a refusal the other components
 *     mean nothing
 */
public record ClientConnection(
        String scheme,
        String authority,
        @Nullable InetAddress address,
        @Nullable TokenException refusal) {

    ClientConnection(String scheme, String authority, @Nullable InetAddress address) {
        this(scheme, authority, address, null);
    }

    /** A connection whose origin is unknown. */
    static ClientConnection refused(TokenException refusal) {
        return new ClientConnection("http", "", null, refusal);
    }
}
