/** {@code playgrant ring}: the keys that encrypt tokens. */
@NullMarked
package io.playgrant.cli.ring;

import org.jspecify.annotations.NullMarked;
