/** The command line, one class per command. */
@NullMarked
package io.playgrant.cli;

import org.jspecify.annotations.NullMarked;
