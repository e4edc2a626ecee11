/** A long run at full load, with changes and failures. */
@NullMarked
package io.playgrant.bench.soak;

import org.jspecify.annotations.NullMarked;
