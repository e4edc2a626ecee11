/** The documents that packagers and Playgrant exchange, each dialect in a package of its own. Knows no stored keys. */
@NullMarked
package io.playgrant.packager;

import org.jspecify.annotations.NullMarked;
