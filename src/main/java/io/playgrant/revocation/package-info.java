/** The revocations of tokens. */
@NullMarked
package io.playgrant.revocation;

import org.jspecify.annotations.NullMarked;
