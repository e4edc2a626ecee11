/** The parts that all resources of the admin API share: input, problems, pages, entity tags and idempotency keys. */
@NullMarked
package io.playgrant.console.api.call;

import org.jspecify.annotations.NullMarked;
