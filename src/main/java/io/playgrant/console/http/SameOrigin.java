package io.playgrant.console.http;

import java.util.Locale;

/** Refuses changes that a browser sends from a page of another origin, beside the CSRF token. */
final class SameOrigin {

    private SameOrigin() {}

    /**
     * Checks the headers by which browsers name the origin of a request. Other clients do not send them.
     *
     * @throws ConsoleException if it is another origin
     */
    static void require(ReceivedRequest request) {
        String site = request.header("Sec-Fetch-Site").orElse("same-origin");
        String own = withoutDefaultPort(request.origin().authority());
        boolean isOwn = request.header("Origin")
                .map(origin -> withoutDefaultPort(authority(origin)).equals(own))
                .orElse(true);
        if (!isOwn || !(site.equals("same-origin") || site.equals("none"))) {
            throw new ConsoleException(403, "Forbidden", "The request comes from a page of another origin.");
        }
    }

    private static String authority(String origin) {
        int scheme = origin.indexOf("://");
        return scheme < 0 ? origin : origin.substring(scheme + "://".length());
    }

    /** The scheme is not compared: a proxy that ends TLS may not be trusted, and then it is unknown. */
    private static String withoutDefaultPort(String authority) {
        return authority.toLowerCase(Locale.ROOT).replaceFirst(":(?:80|443)$", "");
    }
}
