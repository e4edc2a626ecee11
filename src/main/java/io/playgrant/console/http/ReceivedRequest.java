package io.playgrant.console.http;

import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request, completely read.
 *
 * @param id its id
 * @param method the method
 * @param path the path, not decoded
 * @param query the query, not decoded; may be empty
 * @param pathParameters the parameters of the path, decoded
 * @param headers the headers
 * @param body the body
 * @param origin where it comes from
 */
record ReceivedRequest(
        String id,
        String method,
        String path,
        String query,
        Map<String, String> pathParameters,
        MultiMap headers,
        byte[] body,
        ClientOrigin origin) {

    Optional<String> header(String name) {
        List<String> lines = headers.getAll(name);
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", lines));
    }

    Optional<String> cookie(String name) {
        return headers.getAll("Cookie").stream()
                .flatMap(line -> ServerCookieDecoder.LAX.decodeAll(line).stream())
                .filter(cookie -> cookie.name().equals(name))
                .map(Cookie::value)
                .findFirst();
    }

    /** Without query, headers and body, which may have secrets. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
