package io.playgrant.console.http;

import io.playgrant.operator.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the console serves. The role of the operator is checked before a handler is called, and so is the CSRF token of a request that
 * changes something in a session.
 */
public final class ConsoleRoutes {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private final List<Endpoint> endpoints = new ArrayList<>();

    /**
     * Adds a page. Whoever is not signed in is sent to the sign-in page. Errors are pages.
     *
     * @param method the HTTP method; {@code GET} also answers {@code HEAD}
     * @param path the path under {@code /console}, with parameters as {@code :name}
     * @param least the role that the operator must have at least
     */
    public ConsoleRoutes page(String method, String path, Role least, Handler handler) {
        return add(method, path, "/console/", false, least, handler);
    }

    /**
     * Adds an operation of the admin API, for API tokens and sessions. Errors are {@code application/problem+json}.
     *
     * @param method the HTTP method; {@code GET} also answers {@code HEAD}
     * @param path the path under {@code /api/v1}, with parameters as {@code :name}
     * @param least the role that the operator must have at least
     */
    public ConsoleRoutes api(String method, String path, Role least, Handler handler) {
        return add(method, path, "/api/v1/", true, least, handler);
    }

    /**
     * Adds something that answers everybody, such as the sign-in page, a style sheet or the document of the API. It has no operator.
     *
     * @param path the path under {@code /}
     */
    public ConsoleRoutes open(String method, String path, Handler handler) {
        return add(method, path, "/", path.startsWith("/api/"), null, handler);
    }

    /** Everything that was added. */
    public List<Endpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    private ConsoleRoutes add(
            String method, String path, String under, boolean isApi, @Nullable Role least, Handler handler) {
        boolean isTaken = endpoints.stream()
                .anyMatch(other -> other.method().equals(method) && other.path().equals(path));
        if (!METHODS.contains(method) || !path.startsWith(under) || isTaken) {
            throw new IllegalArgumentException(method + " " + path);
        }
        endpoints.add(new Endpoint(method, path, isApi, least, handler));
        return this;
    }
}
