/** Measuring of server processes: alternating slices, wrk, processor time, memory, latency. */
@NullMarked
package io.playgrant.bench.measure;

import org.jspecify.annotations.NullMarked;
