/** Keys for packagers. */
@NullMarked
package io.playgrant.bench.packager;

import org.jspecify.annotations.NullMarked;
