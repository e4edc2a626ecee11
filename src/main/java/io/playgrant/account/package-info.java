/** Accounts: authenticators, environments, credits and rates. */
@NullMarked
package io.playgrant.account;

import org.jspecify.annotations.NullMarked;
