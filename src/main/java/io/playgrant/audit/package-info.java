/** Who changed what. */
@NullMarked
package io.playgrant.audit;

import org.jspecify.annotations.NullMarked;
