/** The start of a server. */
@NullMarked
package io.playgrant.bench.start;

import org.jspecify.annotations.NullMarked;
