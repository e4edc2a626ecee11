/** Parts that Kafka and JMS share: issuing the tokens of a message, and settling what is owed for them. */
@NullMarked
package io.playgrant.route.queue;

import org.jspecify.annotations.NullMarked;
