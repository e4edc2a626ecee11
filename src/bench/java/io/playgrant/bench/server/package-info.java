/** The servers that are compared, each in a process of its own. */
@NullMarked
package io.playgrant.bench.server;

import org.jspecify.annotations.NullMarked;
