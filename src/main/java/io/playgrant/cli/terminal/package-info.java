/** Shared by all commands: printing, arguments, input files, signals. */
@NullMarked
package io.playgrant.cli.terminal;

import org.jspecify.annotations.NullMarked;
