/** {@code playgrant account}: accounts and their authenticators. */
@NullMarked
package io.playgrant.cli.account;

import org.jspecify.annotations.NullMarked;
