/** The composition root: opens the parts of the program that the settings select. */
@NullMarked
package io.playgrant.app;

import org.jspecify.annotations.NullMarked;
