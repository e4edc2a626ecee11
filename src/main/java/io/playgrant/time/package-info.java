/** How times are written. */
@NullMarked
package io.playgrant.time;

import org.jspecify.annotations.NullMarked;
