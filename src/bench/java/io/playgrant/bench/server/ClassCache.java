package io.playgrant.bench.server;

import io.playgrant.bench.measure.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The launcher's cache of classes and profiles, for JDK 25 and newer. The launcher makes one in the background after the first start,
 * which would disturb measurements, so benchmarks have it made before.
 */
public final class ClassCache {

    /** The first Java that can use one. */
    private static final int FIRST_JAVA = 25;

    private static final Path LAUNCHER = Path.of("playgrant");
    private static final String COMMAND = "train";
    private static final String ENDING = ".aot";

    private ClassCache() {}

    /** Makes the cache of the Java that the launcher finds by itself, if that can use one. */
    public static void makeForDefaultJava() throws IOException, InterruptedException {
        if (Runtime.version().feature() >= FIRST_JAVA) {
            make(Map.of());
        }
    }

    /**
     * Makes the cache of a Java.
     *
     * @param environment makes the launcher use that Java
     * @return whether there is a cache now; older launchers make none
     */
    public static boolean make(Map<String, String> environment) throws IOException, InterruptedException {
        if (!Files.readString(LAUNCHER).contains(COMMAND)) {
            return false;
        }
        Commands.run(environment, COMMAND);
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.anyMatch(file -> file.toString().endsWith(ENDING));
        }
    }
}
