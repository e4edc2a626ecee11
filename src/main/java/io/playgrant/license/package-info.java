/** The redemption of tokens for licences. */
@NullMarked
package io.playgrant.license;

import org.jspecify.annotations.NullMarked;
