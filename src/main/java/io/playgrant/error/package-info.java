/** The documented errors and their html form. Depends on no other package of the program. */
@NullMarked
package io.playgrant.error;

import org.jspecify.annotations.NullMarked;
