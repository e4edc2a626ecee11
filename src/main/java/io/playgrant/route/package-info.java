/** The steps that the YAML routes name; the only package that knows Camel, and how the service speaks HTTP. */
@NullMarked
package io.playgrant.route;

import org.jspecify.annotations.NullMarked;
