/** Asks a running server for tokens, over HTTP. */
@NullMarked
package io.playgrant.client;

import org.jspecify.annotations.NullMarked;
