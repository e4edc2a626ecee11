/** {@code playgrant pssh}. */
@NullMarked
package io.playgrant.cli.pssh;

import org.jspecify.annotations.NullMarked;
