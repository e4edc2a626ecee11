/** Which tokens are not to be redeemed any more. */
@NullMarked
package io.playgrant.revocation;

import org.jspecify.annotations.NullMarked;
