/** The pages on which support finds out why something does not play. */
@NullMarked
package io.playgrant.console.request;

import org.jspecify.annotations.NullMarked;
