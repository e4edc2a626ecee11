/** Requests tokens from a running server over HTTP. */
@NullMarked
package io.playgrant.client;

import org.jspecify.annotations.NullMarked;
