/** The flow: Camel, its routes, and the steps that they name. The only package that knows Camel and HTTP servers. */
@NullMarked
package io.playgrant.route;

import org.jspecify.annotations.NullMarked;
