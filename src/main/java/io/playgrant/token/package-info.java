/** The licence token: what is asked for, what is minted, and how it is opened again. */
@NullMarked
package io.playgrant.token;

import org.jspecify.annotations.NullMarked;
