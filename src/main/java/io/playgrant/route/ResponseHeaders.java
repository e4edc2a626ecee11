package io.playgrant.route;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/** Which message headers are HTTP headers: on the way in none, on the way out those that the routes mean to send. */
public final class ResponseHeaders implements HeaderFilterStrategy {

    private static final Set<String> ALLOWED = Set.of("allow", "content-type", "www-authenticate");

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !ALLOWED.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return true;
    }
}
