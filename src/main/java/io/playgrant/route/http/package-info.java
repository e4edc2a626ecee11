/** The edge of the HTTP server: reading calls, admission, proxies and hosts, errors as html or json, shutdown. */
@NullMarked
package io.playgrant.route.http;

import org.jspecify.annotations.NullMarked;
