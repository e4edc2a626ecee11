/** The licence token: its request and the rules for it, its claims, minting and opening. */
@NullMarked
package io.playgrant.token;

import org.jspecify.annotations.NullMarked;
