package io.playgrant.console.http;

import io.playgrant.operator.Role;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be asked for.
 *
 * @param method the HTTP method
 * @param path the path, with parameters as {@code :name}
 * @param isApi whether it belongs to the admin API, with problems as JSON, or to the pages
 * @param least the role that the operator must have at least; null if it answers everybody
 * @param handler answers
 */
public record Endpoint(
        String method, String path, boolean isApi, @Nullable Role least, Handler handler) {

    /** Whether it only reads. */
    boolean isSafe() {
        return method.equals("GET");
    }
}
