/** Counts of answers per minute, and request times of all nodes. */
@NullMarked
package io.playgrant.usage;

import org.jspecify.annotations.NullMarked;
