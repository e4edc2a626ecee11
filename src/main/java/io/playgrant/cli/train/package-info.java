/** {@code playgrant train}: a short life of a server, from which Java makes a class cache. */
@NullMarked
package io.playgrant.cli.train;

import org.jspecify.annotations.NullMarked;
