package io.playgrant.console.http;

import io.playgrant.account.AddressRange;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Refuses requests for other hosts than those of the console, against DNS rebinding: a page of another host whose name suddenly resolves
 * to this server. An address as host is always allowed, because it is not resolved.
 */
final class HostCheck {

    private final List<Pattern> names;

    /**
     * A check.
     *
     * @param names the allowed names; {@code *} stands for any characters
     */
    HostCheck(List<String> names) {
        this.names = names.stream()
                .map(name ->
                        Pattern.compile("\\Q" + name.toLowerCase(Locale.ROOT).replace("*", "\\E.*\\Q") + "\\E"))
                .toList();
    }

    /**
     * Checks the host that a client named.
     *
     * @throws ConsoleException if it is not allowed
     */
    void require(String authority) {
        if (!isAllowed(withoutPort(authority).toLowerCase(Locale.ROOT))) {
            throw new ConsoleException(
                    421,
                    "Misdirected Request",
                    "This host is not one of the console's. Add it to PLAYGRANT_CONSOLE_HOSTS if it should be.");
        }
    }

    private boolean isAllowed(String host) {
        return isAddress(host)
                || host.equals("localhost")
                || names.stream().anyMatch(name -> name.matcher(host).matches());
    }

    private static boolean isAddress(String host) {
        String address = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return AddressRange.parseAddress(address).isPresent();
    }

    private static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        String host = colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
