/** How the service shows itself to its operator: health, metrics, and the server for both. */
@NullMarked
package io.playgrant.observe;

import org.jspecify.annotations.NullMarked;
