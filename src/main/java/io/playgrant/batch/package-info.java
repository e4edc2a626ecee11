/** Bulk requests and their results: messages of queues, files and streams. */
@NullMarked
package io.playgrant.batch;

import org.jspecify.annotations.NullMarked;
