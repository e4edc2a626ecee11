package io.playgrant.bench.bulk;

import io.playgrant.bench.Benchmark;
import io.playgrant.bench.Options;
import io.playgrant.bench.report.Report;
import io.playgrant.config.SharedInstallation;
import java.nio.file.Path;

/**
 * Stored keys on a PostgreSQL server of its own, which does not wait for the disk: how long {@code ./playgrant key import} takes for many, and
 * with all of them there, how long a look-up takes that is not in memory, a request for a token that needs one, and a count.
 */
public final class KeysBenchmark implements Benchmark {

    private static final int KEYS = 1_000_000;
    private static final int FEW_KEYS = 100_000;
    private static final int LOOK_UPS = 10_000;
    private static final int FEW_LOOK_UPS = 2_000;

    @Override
    public Report run(Options options, Path folder) throws Exception {
        try (SharedInstallation installation = SharedInstallation.create()) {
            Path data = folder.resolve("data");
            installation.makeKeys(data);
            return new KeysRun(options, data, installation, options.quick() ? FEW_KEYS : KEYS, options.quick() ? FEW_LOOK_UPS : LOOK_UPS).report(folder.resolve("keys.csv"));
        }
    }
}
