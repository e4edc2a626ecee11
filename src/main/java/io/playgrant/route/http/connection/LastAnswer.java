package io.playgrant.route.http.connection;

import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Announces that an HTTP/1 connection ends with an answer. Requests that its client has pipelined behind must not be processed, because the
 * client sends them again on another connection (RFC 9112 section 9.6).
 */
public final class LastAnswer {

    private static final AttributeKey<Boolean> ANNOUNCED = AttributeKey.valueOf(LastAnswer.class, "announced");

    private LastAnswer() {}

    /** Makes the answer of a request the last one of its connection. */
    public static void announce(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        if (request.connection() instanceof ConnectionBase connection) {
            connection.channel().attr(ANNOUNCED).set(true);
        }
    }

    /** Whether an earlier answer was the last one of the connection of a request. */
    public static boolean precedes(HttpServerRequest request) {
        return request.connection() instanceof ConnectionBase connection
                && connection.channel().hasAttr(ANNOUNCED);
    }
}
