package io.playgrant.console.http;

import io.playgrant.account.AddressRange;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out where requests come from. Only trusted proxies may say that they forward a request for somebody else. */
final class ClientOrigins {

    private static final Pattern WITH_PORT =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)](?::[0-9]{1,5})?|([0-9.]+):[0-9]{1,5})");

    private final List<AddressRange> trustedProxies;

    ClientOrigins(List<AddressRange> trustedProxies) {
        this.trustedProxies = trustedProxies;
    }

    /**
     * The origin of a request.
     *
     * @throws ConsoleException if a trusted proxy sends a malformed header
     */
    ClientOrigin of(HttpServerRequest request) {
        String connected = withoutZone(request.remoteAddress().hostAddress());
        MultiMap headers = request.headers();
        String host = headers.get("Host") == null ? "" : headers.get("Host");
        if (!isTrusted(connected)) {
            return new ClientOrigin(connected, request.isSSL(), host);
        }
        return new ClientOrigin(
                client(connected, items(headers, "X-Forwarded-For")),
                last(headers, "X-Forwarded-Proto").map(ClientOrigins::isHttps).orElse(request.isSSL()),
                last(headers, "X-Forwarded-Host").orElse(host));
    }

    private static boolean isHttps(String scheme) {
        if (scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http")) {
            return scheme.equalsIgnoreCase("https");
        }
        throw malformed("X-Forwarded-Proto", "end in http or https");
    }

    /** From the right, each trusted proxy names the node before it; the first that is not trusted is the client. */
    private String client(String proxy, List<String> nodes) {
        String client = proxy;
        for (int at = nodes.size() - 1; at >= 0 && isTrusted(client); at--) {
            client = AddressRange.parseAddress(withoutPort(nodes.get(at)))
                    .map(InetAddress::getHostAddress)
                    .orElseThrow(() -> malformed("X-Forwarded-For", "be IP addresses"));
        }
        return client;
    }

    private boolean isTrusted(String address) {
        Optional<InetAddress> parsed = AddressRange.parseAddress(address);
        return parsed.isPresent() && trustedProxies.stream().anyMatch(proxy -> proxy.contains(parsed.get()));
    }

    private static ConsoleException malformed(String header, String expected) {
        return new ConsoleException(400, "Bad Request", header + " of a trusted proxy must " + expected + ".");
    }

    /** An address, in brackets or not, with a port or not; a port needs brackets around IPv6. Anything else is no address. */
    private static String withoutPort(String node) {
        Matcher matcher = WITH_PORT.matcher(node);
        return matcher.matches() ? matcher.group(matcher.group(1) == null ? 2 : 1) : node;
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    private static Optional<String> last(MultiMap headers, String name) {
        List<String> items = items(headers, name);
        return items.isEmpty() ? Optional.empty() : Optional.of(items.get(items.size() - 1));
    }

    private static List<String> items(MultiMap headers, String name) {
        List<String> lines = headers.getAll(name);
        return lines.isEmpty()
                ? List.of()
                : Arrays.stream(String.join(",", lines).split(",", -1))
                        .map(String::strip)
                        .toList();
    }
}
