/** Who may ask for tokens. */
@NullMarked
package io.playgrant.account;

import org.jspecify.annotations.NullMarked;
