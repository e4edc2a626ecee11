/** Parts that all flows share: the request in flight, how steps are bound, refusals, and meters of steps and sources. */
@NullMarked
package io.playgrant.route.exchange;

import org.jspecify.annotations.NullMarked;
