package io.playgrant.cli.serve;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a class cache in the background, so that the next start is faster. A process of its own does it, which the launcher runs at the
 * lowest priority and which cleans up after itself. A failure does not affect the server.
 */
final class CacheTraining implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CacheTraining.class);

    /** The launcher, if it found that a cache can be made and is missing. */
    private static final String TRAINER = "playgrant.trainer";

    /** With less, in bytes, the machine or container could run out of memory and end the server. */
    private static final long LEAST_MEMORY = 1_500_000_000;

    private static final int CLEAN_UP_SECONDS = 2;

    private @Nullable Process process;

    /** Begins if a cache is missing. */
    void begin() {
        String launcher = System.getProperty(TRAINER);
        if (launcher == null || memory() < LEAST_MEMORY) {
            return;
        }
        try {
            process = new ProcessBuilder(launcher, "train")
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            LOG.info("A class cache is being made in the background, for faster starts");
        } catch (IOException e) {
            LOG.debug("The class cache is not made: {}", e.toString());
        }
    }

    /** The memory of the container or of the machine, in bytes. */
    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }

    /** Ends it, if it has not ended. */
    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.destroy();
            process.waitFor(CLEAN_UP_SECONDS, TimeUnit.SECONDS);
        }
    }
}
