/** The console, and the counts that it shows. */
@NullMarked
package io.playgrant.bench.console;

import org.jspecify.annotations.NullMarked;
