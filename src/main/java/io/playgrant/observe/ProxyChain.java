package io.playgrant.observe;

import io.playgrant.account.AddressRange;
import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The reverse proxies that a request may have passed. Only trusted ones may say for whom they forward it. */
public final class ProxyChain {

    /** An address, in brackets or not, with a port or not; a port needs brackets around IPv6. */
    private static final Pattern NODE =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([0-9.]+))(?::(?<port>[0-9]{1,5}))?|([0-9A-Fa-f:.]+)");

    private static final int LARGEST_PORT = 65_535;

    private final List<AddressRange> trusted;

    /** A chain in which these addresses are trusted. */
    public ProxyChain(List<AddressRange> trusted) {
        this.trusted = trusted;
    }

    /** Whether an address is that of a trusted proxy. */
    public boolean isTrusted(InetAddress address) {
        for (int at = 0; at < trusted.size(); at++) {
            if (trusted.get(at).contains(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The client, by {@code X-Forwarded-For}: from the right, each trusted proxy names the node before it; the first that is not trusted is
     * the client.
     *
     * @param proxy the trusted proxy that sent the request
     * @param nodes the items of the header
     * @return empty if an item that must be read is no IP address
     */
    public Optional<InetAddress> client(InetAddress proxy, List<String> nodes) {
        Optional<InetAddress> client = Optional.of(proxy);
        for (int at = nodes.size() - 1; at >= 0; at--) {
            client = address(nodes.get(at));
            if (client.isEmpty() || !isTrusted(client.get())) {
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

    /** The item of a header that the nearest proxy has added. */
    public static Optional<String> last(MultiMap headers, String name) {
        List<String> items = items(headers, name);
        return items.isEmpty() ? Optional.empty() : Optional.of(items.get(items.size() - 1));
    }

    /** The items of a header. Several lines of a header are one list (RFC 9110 section 5.3). */
    public static List<String> items(MultiMap headers, String name) {
        List<String> lines = headers.getAll(name);
        return lines.isEmpty()
                ? List.of()
                : Stream.of(String.join(",", lines).split(",", -1))
                        .map(String::strip)
                        .toList();
    }
}
