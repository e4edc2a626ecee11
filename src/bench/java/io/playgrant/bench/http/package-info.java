/** Single requests over HTTP. */
@NullMarked
package io.playgrant.bench.http;

import org.jspecify.annotations.NullMarked;
