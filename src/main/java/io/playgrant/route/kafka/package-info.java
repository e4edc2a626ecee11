/** Requests from a Kafka topic, results and dead letters to others. */
@NullMarked
package io.playgrant.route.kafka;

import org.jspecify.annotations.NullMarked;
