/** Redemption of tokens. */
@NullMarked
package io.playgrant.bench.redeem;

import org.jspecify.annotations.NullMarked;
