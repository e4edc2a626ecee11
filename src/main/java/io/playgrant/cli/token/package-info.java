/** {@code playgrant token}: issue, explain and revoke tokens. */
@NullMarked
package io.playgrant.cli.token;

import org.jspecify.annotations.NullMarked;
