package io.playgrant.console.http;

import io.playgrant.account.AddressRange;
import io.playgrant.observe.ProxyChain;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.List;

/** Finds out where requests come from. Only trusted proxies may say that they forward a request for somebody else. */
final class ClientOrigins {

    private final ProxyChain proxies;

    ClientOrigins(List<AddressRange> trustedProxies) {
        this.proxies = new ProxyChain(trustedProxies);
    }

    /**
     * The origin of a request.
     *
     * @throws ConsoleException if a trusted proxy sends a malformed header
     */
    ClientOrigin of(HttpServerRequest request) {
        InetAddress connected = address(request);
        MultiMap headers = request.headers();
        String host = headers.get("Host") == null ? "" : headers.get("Host");
        if (!proxies.isTrusted(connected)) {
            return new ClientOrigin(connected.getHostAddress(), request.isSSL(), host);
        }
        InetAddress client = proxies.client(connected, ProxyChain.items(headers, "X-Forwarded-For"))
                .orElseThrow(() -> malformed("X-Forwarded-For", "be IP addresses"));
        return new ClientOrigin(
                client.getHostAddress(),
                ProxyChain.last(headers, "X-Forwarded-Proto")
                        .map(ClientOrigins::isHttps)
                        .orElse(request.isSSL()),
                ProxyChain.last(headers, "X-Forwarded-Host").orElse(host));
    }

    private static boolean isHttps(String scheme) {
        if (scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http")) {
            return scheme.equalsIgnoreCase("https");
        }
        throw malformed("X-Forwarded-Proto", "end in http or https");
    }

    private static ConsoleException malformed(String header, String expected) {
        return new ConsoleException(400, "Bad Request", header + " of a trusted proxy must " + expected + ".");
    }

    /** The address of the other end of the connection, without the zone of IPv6. */
    private static InetAddress address(HttpServerRequest request) {
        String text = request.remoteAddress().hostAddress();
        int zone = text.indexOf('%');
        return AddressRange.parseAddress(zone < 0 ? text : text.substring(0, zone))
                .orElseThrow(() -> new IllegalStateException("a connection without an IP address"));
    }
}
