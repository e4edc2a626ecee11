/** The edge of the console and the admin API: reads requests within limits, finds out who sends them, and checks what they may do. */
@NullMarked
package io.playgrant.console.http;

import org.jspecify.annotations.NullMarked;
