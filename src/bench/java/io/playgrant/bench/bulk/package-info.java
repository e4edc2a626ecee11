/** Files, records, stored keys and Kafka. */
@NullMarked
package io.playgrant.bench.bulk;

import org.jspecify.annotations.NullMarked;
