/** {@code /packager/}: packagers ask for content keys, each in its dialect. */
@NullMarked
package io.playgrant.route.packager;

import org.jspecify.annotations.NullMarked;
