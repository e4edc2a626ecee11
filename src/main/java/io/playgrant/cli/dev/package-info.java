/** Commands for development and tests. */
@NullMarked
package io.playgrant.cli.dev;

import org.jspecify.annotations.NullMarked;
