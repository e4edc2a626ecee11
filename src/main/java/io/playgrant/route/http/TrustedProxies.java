package io.playgrant.route.http;

import io.playgrant.account.AddressRange;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.vertx.core.MultiMap;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code X-Forwarded-…} headers of trusted proxies (protocol section 1). A malformed header refuses the request: otherwise the
 * proxy's address would pass for its client's.
 */
public final class TrustedProxies {

    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String HOST = "X-Forwarded-Host";

    /** An address, in brackets or not, with a port or not; a port needs brackets around IPv6. */
    private static final Pattern NODE =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([0-9.]+))(?::(?<port>[0-9]{1,5}))?|([0-9A-Fa-f:.]+)");

    private static final int LARGEST_PORT = 65_535;

    private final List<AddressRange> proxies;

    public TrustedProxies(List<AddressRange> proxies) {
        this.proxies = proxies;
    }

    /**
     * The connection of the client, in front of all trusted proxies.
     *
     * @param connection the connection that the server accepted
     * @param headers its headers; looked at only if the connection is a trusted proxy's
     */
    ClientConnection client(ClientConnection connection, MultiMap headers) {
        if (!isTrusted(connection.address())) {
            return connection;
        }
        try {
            return new ClientConnection(
                    last(headers, PROTO).map(TrustedProxies::scheme).orElse(connection.scheme()),
                    authority(connection.authority(), headers),
                    client(connection.address(), items(headers, FOR)));
        } catch (TokenException e) {
            return ClientConnection.refused(e);
        }
    }

    private boolean isTrusted(@Nullable InetAddress address) {
        if (address == null) {
            return false;
        }
        for (int at = 0; at < proxies.size(); at++) {
            if (proxies.get(at).contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** From the right, each trusted proxy names the node before it; the first that is not trusted is the client. */
    private @Nullable InetAddress client(@Nullable InetAddress proxy, String[] nodes) {
        InetAddress client = proxy;
        for (int i = nodes.length - 1; i >= 0; i--) {
            client = address(nodes[i]).orElseThrow(() -> malformed(FOR, "be IP addresses"));
            if (!isTrusted(client)) {
                break;
            }
        }
        return client;
    }

    private static Optional<InetAddress> address(String node) {
        Matcher matcher = NODE.matcher(node);
        if (!matcher.matches() || !isPort(matcher.group("port"))) {
            return Optional.empty();
        }
        return Stream.of(1, 2, 4)
                .flatMap(group -> Stream.ofNullable(matcher.group(group)))
                .findFirst()
                .flatMap(AddressRange::parseAddress);
    }

    private static boolean isPort(@Nullable String digits) {
        return digits == null || Integer.parseInt(digits) <= LARGEST_PORT;
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
        Optional<String> forwarded = last(headers, HOST);
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

    /** The value that the nearest proxy has added. */
    private static Optional<String> last(MultiMap headers, String name) {
        String[] items = items(headers, name);
        return items.length == 0 ? Optional.empty() : Optional.of(items[items.length - 1]);
    }

    /** Several lines of a header are one list (RFC 9110 section 5.3). */
    private static String[] items(MultiMap headers, String name) {
        List<String> lines = headers.getAll(name);
        if (lines.isEmpty()) {
            return new String[0];
        }
        String[] items = String.join(",", lines).split(",", -1);
        for (int i = 0; i < items.length; i++) {
            items[i] = items[i].strip();
        }
        return items;
    }
}
