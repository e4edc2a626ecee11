package io.playgrant.route.http;

import io.playgrant.account.AddressRange;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.observe.ProxyChain;
import io.vertx.core.MultiMap;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the {@code X-Forwarded-…} headers of trusted proxies (protocol section 1). A malformed header refuses the request: otherwise the
 * proxy's address would pass for its client's.
 */
public final class TrustedProxies {

    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String HOST = "X-Forwarded-Host";

    private final ProxyChain proxies;

    public TrustedProxies(List<AddressRange> proxies) {
        this.proxies = new ProxyChain(proxies);
    }

    /**
     * The connection of the client, in front of all trusted proxies.
     *
     * @param connection the connection that the server accepted
     * @param headers its headers; looked at only if the connection is a trusted proxy's
     */
    ClientConnection client(ClientConnection connection, MultiMap headers) {
        InetAddress address = connection.address();
        if (address == null || !proxies.isTrusted(address)) {
            return connection;
        }
        try {
            return new ClientConnection(
                    ProxyChain.last(headers, PROTO).map(TrustedProxies::scheme).orElse(connection.scheme()),
                    authority(connection.authority(), headers),
                    proxies.client(address, ProxyChain.items(headers, FOR))
                            .orElseThrow(() -> malformed(FOR, "be IP addresses")));
        } catch (TokenException e) {
            return ClientConnection.refused(e);
        }
    }

    private static String scheme(String text) {
        String scheme = text.toLowerCase(Locale.ROOT);
        if (scheme.equals("http") || scheme.equals("https")) {
            return scheme;
        }
        throw malformed(PROTO, "end in http or https");
    }

    /** A missing or malformed host of the request itself stays refused. */
    private static String authority(String own, MultiMap headers) {
        Optional<String> forwarded = ProxyChain.last(headers, HOST);
        if (forwarded.isEmpty() || own.isEmpty()) {
            return own;
        }
        HostAndPort authority = HostAndPort.parseAuthority(forwarded.get(), -1);
        if (authority == null) {
            throw malformed(HOST, "end in a host");
        }
        return Hosts.authority(authority);
    }

    private static TokenException malformed(String header, String expected) {
        return TokenException.of(ErrorCode.BAD_REQUEST, header + " of a trusted proxy must " + expected);
    }
}
