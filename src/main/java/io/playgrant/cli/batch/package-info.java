/** {@code playgrant batch}: a token for each request of a file. */
@NullMarked
package io.playgrant.cli.batch;

import org.jspecify.annotations.NullMarked;
