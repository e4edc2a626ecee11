/** Keys that the service holds: the storage ring, and wrapping with it. */
@NullMarked
package io.playgrant.keystore.held;

import org.jspecify.annotations.NullMarked;
