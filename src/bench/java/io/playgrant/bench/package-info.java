/** How fast it is, measured beside something that does the same, in one run. */
@NullMarked
package io.playgrant.bench;

import org.jspecify.annotations.NullMarked;
