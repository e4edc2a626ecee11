/** What all flows share: the properties of an exchange, failures and refusals, meters of steps and sources. */
@NullMarked
package io.playgrant.route.exchange;

import org.jspecify.annotations.NullMarked;
