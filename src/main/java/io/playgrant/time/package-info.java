/** Times as text, and work that is repeated after a time. */
@NullMarked
package io.playgrant.time;

import org.jspecify.annotations.NullMarked;
