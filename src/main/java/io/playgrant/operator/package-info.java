/** Operators: those who may use the console and the admin API, how they prove who they are, and their sessions. */
@NullMarked
package io.playgrant.operator;

import org.jspecify.annotations.NullMarked;
