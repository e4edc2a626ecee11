package io.playgrant.console.http;

import java.util.Map;

/** A request of the console or the admin API is refused. It becomes a page, or a problem of RFC 9457. */
public final class ConsoleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final String detail;
    private final transient Map<String, String> headers;

    /**
     * A refusal.
     *
     * @param status the HTTP status
     * @param title the kind of problem, the same for all its occurrences
     * @param detail a sentence about this occurrence, without any secret; may be empty
     */
    public ConsoleException(int status, String title, String detail) {
        this(status, title, detail, Map.of());
    }

    /** As {@link #ConsoleException(int, String, String)}, with headers of the answer. */
    public ConsoleException(int status, String title, String detail, Map<String, String> headers) {
        super(title + ": " + detail, null, false, false);
        this.status = status;
        this.title = title;
        this.detail = detail;
        this.headers = headers;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String detail() {
        return detail;
    }

    Map<String, String> headers() {
        return headers;
    }
}
