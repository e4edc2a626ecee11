/** The records of answers to token requests. */
@NullMarked
package io.playgrant.record;

import org.jspecify.annotations.NullMarked;
