/** Clear Key (W3C Encrypted Media Extensions), for development and tests: the keys in the clear. */
@NullMarked
package io.playgrant.license.clearkey;

import org.jspecify.annotations.NullMarked;
