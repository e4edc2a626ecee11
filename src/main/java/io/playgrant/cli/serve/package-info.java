/** {@code playgrant serve}: the server. */
@NullMarked
package io.playgrant.cli.serve;

import org.jspecify.annotations.NullMarked;
