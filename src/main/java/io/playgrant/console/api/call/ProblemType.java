package io.playgrant.console.api.call;

import java.util.Locale;

/** The kinds of refusals of the admin API, see docs/operations/admin-api.md. */
public enum ProblemType {
    INVALID_INPUT(400, "The request is invalid"),
    REFUSED(400, "The service refuses the request"),
    FORBIDDEN(403, "The role of the operator does not include this"),
    NOT_FOUND(404, "There is no such resource"),
    CONFLICT(409, "The state of the resource does not allow this"),
    IN_PROGRESS(409, "The first request with this Idempotency-Key is still in progress"),
    CHANGED(412, "The resource has changed"),
    KEY_REUSED(422, "The Idempotency-Key was used for another request"),
    NEEDS_IF_MATCH(428, "The request needs If-Match"),
    TOO_MANY(429, "There are too many requests"),
    FAILED(500, "The service has failed"),
    UPSTREAM(502, "The licence service has failed"),
    UNAVAILABLE(503, "The service is unavailable");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** The identifier in {@code type}. */
    String uri() {
        return "urn:playgrant:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of a refusal of the service with this status. */
    static ProblemType ofStatus(int status) {
        return switch (status) {
            case 404 -> NOT_FOUND;
            case 403 -> FORBIDDEN;
            case 429 -> TOO_MANY;
            case 502 -> UPSTREAM;
            case 503 -> UNAVAILABLE;
            case 500 -> FAILED;
            default -> REFUSED;
        };
    }
}
