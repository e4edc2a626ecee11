package io.playgrant.observe;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the number of connections. If there is one too many, the one that was unused for longest is closed, so that idle and slow clients
 * cannot keep out those who ask for health. Called on the event loop only.
 */
final class ManagementConnections {

    private final int most;

    /** The connections, that used last at the end, with their current requests. */
    private final Map<HttpConnection, Optional<HttpServerRequest>> open = new LinkedHashMap<>();

    /**
     * A bound.
     *
     * @param most the largest number of connections
     */
    ManagementConnections(int most) {
        this.most = most;
    }

    /** A connection was opened. */
    void add(HttpConnection connection) {
        connection.closeHandler(closed -> open.remove(connection));
        open.put(connection, Optional.empty());
        if (open.size() > most) {
            HttpConnection surplus = longestUnused();
            open.remove(surplus == null ? connection : surplus);
            (surplus == null ? connection : surplus).close();
        }
    }

    /** A connection is used. */
    void use(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        move(connection, Optional.of(request));
        request.response().endHandler(end -> move(connection, Optional.empty()));
    }

    private void move(HttpConnection connection, Optional<HttpServerRequest> request) {
        if (open.remove(connection) != null) {
            open.put(connection, request);
        }
    }

    /** One on which no complete request waits for its answer; null if there is none. */
    private @Nullable HttpConnection longestUnused() {
        return open.entrySet().stream()
                .filter(entry ->
                        entry.getValue().filter(HttpServerRequest::isEnded).isEmpty())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}
