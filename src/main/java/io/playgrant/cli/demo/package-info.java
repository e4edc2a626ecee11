/** {@code playgrant demo}: a server with a page on which an encrypted clip plays. */
@NullMarked
package io.playgrant.cli.demo;

import org.jspecify.annotations.NullMarked;
