package io.playgrant.route.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Cross-origin resource sharing: tells browsers which pages may use an endpoint (Fetch Standard, section "HTTP CORS protocol"). Every answer
 * of the endpoint has these headers, also an error.
 */
public final class Cors {

    /** Stands for any origin. */
    private static final String ANY = "*";

    private static final int NO_CONTENT = 204;

    /** How long browsers may remember the answer to a preflight request, in seconds; some limit it further. */
    private static final String MAX_AGE = "86400";

    private final boolean any;
    private final Set<String> origins;
    private final boolean credentials;
    private final List<String> requestHeaders;

    /**
     * Rules.
     *
     * @param origins the origins that are allowed, as browsers write them, or {@code *} for any
     * @param credentials whether requests may have cookies, client certificates and HTTP authentication. Answers then name the origin, as
     *     browsers refuse {@code *}
     * @param requestHeaders the headers that a page may set
     */
    public Cors(List<String> origins, boolean credentials, List<String> requestHeaders) {
        this.any = origins.contains(ANY);
        this.origins =
                origins.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        this.credentials = credentials;
        this.requestHeaders = List.copyOf(requestHeaders);
    }

    /** Adds the headers that every answer has. */
    void allow(HttpServerRequest request, HttpServerResponse response) {
        if (any && !credentials) {
            addTo(response.headers(), ANY);
            return;
        }
        // Caches must not give the answer for one origin to another.
        response.putHeader("Vary", "Origin");
        String origin = request.getHeader("Origin");
        if (origin != null && isAllowed(origin)) {
            addTo(response.headers(), origin);
        }
    }

    private boolean isAllowed(String origin) {
        return any || origins.contains(origin.toLowerCase(Locale.ROOT));
    }

    private void addTo(MultiMap headers, String origin) {
        headers.set("Access-Control-Allow-Origin", origin).set("Access-Control-Expose-Headers", "X-Request-Id");
        if (credentials) {
            headers.set("Access-Control-Allow-Credentials", "true");
        }
    }

    /** Answers a preflight request, to which {@link #allow} has been applied. Browsers remember the answer. */
    void answerPreflight(List<String> methods, HttpServerResponse response) {
        if (response.headers().contains("Access-Control-Allow-Origin")) {
            response.putHeader("Access-Control-Allow-Methods", String.join(", ", methods))
                    .putHeader("Access-Control-Allow-Headers", String.join(", ", requestHeaders))
                    .putHeader("Access-Control-Max-Age", MAX_AGE)
                    .putHeader("Cache-Control", "max-age=" + MAX_AGE);
        }
        response.setStatusCode(NO_CONTENT).end();
    }
}
