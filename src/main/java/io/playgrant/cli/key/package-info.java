/** {@code playgrant key}: stored keys. */
@NullMarked
package io.playgrant.cli.key;

import org.jspecify.annotations.NullMarked;
