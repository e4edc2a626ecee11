/** Jakarta constraints on the request's parameters; each use carries its error code and its place in the protocol's order. */
@NullMarked
package io.playgrant.token.constraint;

import org.jspecify.annotations.NullMarked;
