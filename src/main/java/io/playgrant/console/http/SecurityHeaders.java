package io.playgrant.console.http;

import io.vertx.core.MultiMap;
import java.util.Map;

/** The headers that tell browsers to protect pages and answers. Every answer has them. */
final class SecurityHeaders {

    private static final Map<String, String> ALL = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self';"
                            + " frame-ancestors 'none'; base-uri 'none'",
            "X-Frame-Options", "DENY",
            "X-Content-Type-Options", "nosniff",
            // With "no-referrer", browsers would send "Origin: null" with the console's own forms.
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");

    /** A year, in seconds. */
    private static final String STRICT_TRANSPORT = "max-age=31536000";

    private SecurityHeaders() {}

    /** Adds them, and replaces what the answer has; only {@code Cache-Control} remains. */
    static void addTo(MultiMap headers, boolean isSecure) {
        ALL.forEach(headers::set);
        if (!headers.contains("Cache-Control")) {
            headers.set("Cache-Control", "no-store");
        }
        if (isSecure) {
            headers.set("Strict-Transport-Security", STRICT_TRANSPORT);
        }
    }
}
