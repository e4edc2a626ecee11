/** Requests and results as JSON messages, for whatever is not one HTTP request: queues, files, streams. */
@NullMarked
package io.playgrant.batch;

import org.jspecify.annotations.NullMarked;
