package io.playgrant.route.http;

import io.playgrant.observe.RequestMeters;
import java.util.function.Function;

/**
 * What the consumers of all endpoints share.
 *
 * @param admission who is let in
 * @param overload what the others are answered
 * @param proxies whose headers are believed
 * @param meters the meters of a source
 */
record HttpServerContext(
        Admission admission, Overload overload, TrustedProxies proxies, Function<String, RequestMeters> meters) {

    /** The name by which consumers find it. */
    static final String NAME = "http-server-context";
}
