/** Times of RFC 3339 as text, work that is repeated, and delays between attempts. */
@NullMarked
package io.playgrant.time;

import org.jspecify.annotations.NullMarked;
