/** What requests for tokens were answered. */
@NullMarked
package io.playgrant.record;

import org.jspecify.annotations.NullMarked;
