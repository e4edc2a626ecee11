package io.playgrant.console.request;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A path of this server with a query. */
final class Url {

    private final String path;
    private final Map<String, String> query = new LinkedHashMap<>();

    Url(String path) {
        this.path = path;
    }

    /** Adds a parameter, unless its value is missing or empty. */
    Url with(String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            query.put(name, value.toString());
        }
        return this;
    }

    /** Adds parameters. */
    Url with(Map<String, String> parameters) {
        parameters.forEach(this::with);
        return this;
    }

    @Override
    public String toString() {
        return query.isEmpty()
                ? path
                : path + "?"
                        + query.entrySet().stream()
                                .map(one ->
                                        one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&"));
    }
}
