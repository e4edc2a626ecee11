/** Health and metrics for the operator, and the server that serves them. */
@NullMarked
package io.playgrant.observe;

import org.jspecify.annotations.NullMarked;
