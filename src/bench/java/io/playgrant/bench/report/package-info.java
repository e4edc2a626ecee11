/** Results of benchmarks: tables, charts, files, and the page docs/performance.md. */
@NullMarked
package io.playgrant.bench.report;

import org.jspecify.annotations.NullMarked;
