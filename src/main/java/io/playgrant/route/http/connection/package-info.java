/** HTTP connections below the requests: framing, half-closed connections, pipelining, TLS. */
@NullMarked
package io.playgrant.route.http.connection;

import org.jspecify.annotations.NullMarked;
