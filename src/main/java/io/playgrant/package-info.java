/** The launcher's entry point. */
@NullMarked
package io.playgrant;

import org.jspecify.annotations.NullMarked;
