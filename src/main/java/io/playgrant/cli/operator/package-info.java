/** {@code playgrant operator}: operators of the console and the admin API, and their sessions. */
@NullMarked
package io.playgrant.cli.operator;

import org.jspecify.annotations.NullMarked;
