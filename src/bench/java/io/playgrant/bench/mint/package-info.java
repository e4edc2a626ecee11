/** Minting, without a server. */
@NullMarked
package io.playgrant.bench.mint;

import org.jspecify.annotations.NullMarked;
