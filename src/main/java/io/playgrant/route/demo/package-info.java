/** {@code /demo/}: the page on which an encrypted clip plays. Only {@code playgrant demo} serves it. */
@NullMarked
package io.playgrant.route.demo;

import org.jspecify.annotations.NullMarked;
