/** The documented errors and their html form. Knows no other room. */
@NullMarked
package io.playgrant.error;

import org.jspecify.annotations.NullMarked;
