package io.playgrant.route.http;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/** Filters headers: lets no request header in, and only the response headers out that the settings name. */
public final class ResponseHeaders implements HeaderFilterStrategy {

    private Set<String> allowed = Set.of();

    /** The names of the headers that a route may send, separated by commas, in any case. */
    public void setAllowed(String names) {
        Set<String> trimmed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Arrays.stream(names.split(",", -1)).map(String::trim).forEach(trimmed::add);
        allowed = trimmed;
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !allowed.contains(name);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return true;
    }
}
