package io.playgrant.config;

import io.playgrant.account.AddressRange;
import io.playgrant.account.Environment;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The hosts of the test environment (protocol section 1). All others are of the production environment. */
public final class TestHosts {

    private final List<String> patterns;
    private final Set<InetAddress> addresses;

    /** The hosts that match a pattern: a host in which each {@code *} stands for any characters, or an IPv6 address in brackets. */
    public TestHosts(List<String> patterns) {
        this.patterns = patterns.stream()
                .filter(pattern -> !pattern.startsWith("["))
                .map(pattern -> pattern.toLowerCase(Locale.ROOT))
                .toList();
        this.addresses = patterns.stream()
                .flatMap(pattern -> inBrackets(pattern).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The environment of a host; production if the host is empty. */
    public Environment environment(String authority) {
        String host = HostNames.withoutPort(authority).toLowerCase(Locale.ROOT);
        return isTest(host) ? Environment.TEST : Environment.PRODUCTION;
    }

    private boolean isTest(String host) {
        if (host.startsWith("[")) {
            return inBrackets(host).filter(addresses::contains).isPresent();
        }
        for (int at = 0; at < patterns.size(); at++) {
            if (!host.isEmpty() && HostNames.matches(patterns.get(at), host)) {
                return true;
            }
        }
        return false;
    }

    /** An IPv6 address can be written in several ways. */
    private static Optional<InetAddress> inBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? AddressRange.parseAddress(host.substring(1, host.length() - 1))
                : Optional.empty();
    }
}
