/** The composition root: opens the rooms that the settings name. */
@NullMarked
package io.playgrant.app;

import org.jspecify.annotations.NullMarked;
