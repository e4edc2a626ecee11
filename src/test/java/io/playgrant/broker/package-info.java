/** Brokers for tests. */
@NullMarked
package io.playgrant.broker;

import org.jspecify.annotations.NullMarked;
