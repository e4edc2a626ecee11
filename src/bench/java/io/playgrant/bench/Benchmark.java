package io.playgrant.bench;

import io.playgrant.bench.report.Report;
import java.nio.file.Path;

/** Something that {@code ./bench} measures. */
@FunctionalInterface
public interface Benchmark {

    /**
     * Measures.
     *
     * @param folder for its files, which are deleted afterwards
     */
    Report run(Options options, Path folder) throws Exception;
}
