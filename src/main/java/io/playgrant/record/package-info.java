/** The records of answers to requests for tokens and for licences. */
@NullMarked
package io.playgrant.record;

import org.jspecify.annotations.NullMarked;
