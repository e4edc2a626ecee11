package io.playgrant.bench.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Java on which the server is started.
 *
 * @param environment makes the launcher use it
 * @param usesCache whether it starts from a cache of classes and profiles, which must be made first
 */
record JavaVariant(String name, Map<String, String> environment, boolean usesCache) {

    static final String DEFAULT = "default Java";
    static final String WITH_CACHE = "JDK 25, cache";

    private static final String HOME = "BENCH_JAVA_25";
    private static final String VERSION = "\"25";
    private static final List<Path> INSTALLED = List.of(Path.of("/usr/lib/jvm"), Path.of("/opt"), Path.of("/usr/java"));

    /** The Java that the launcher finds by itself, and JDK 25 without and with the cache if there is one on this machine. */
    static List<JavaVariant> all() throws IOException {
        List<JavaVariant> all = new ArrayList<>();
        all.add(new JavaVariant(DEFAULT, Map.of(), false));
        Optional<Path> home = jdk25();
        if (home.isPresent()) {
            String path = home.get().toString();
            all.add(new JavaVariant(
                    "JDK 25, no cache", Map.of("JAVA_HOME", path, "PLAYGRANT_CLASS_CACHE", "off"), false));
            all.add(new JavaVariant(WITH_CACHE, Map.of("JAVA_HOME", path), true));
        }
        return all;
    }

    private static Optional<Path> jdk25() throws IOException {
        String given = System.getenv(HOME);
        if (given != null) {
            return Optional.of(Path.of(given));
        }
        for (Path folder : INSTALLED) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> homes = Files.list(folder)) {
                    Optional<Path> found =
                            homes.filter(JavaVariant::isJdk25).sorted().findFirst();
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isJdk25(Path home) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.anyMatch(line -> line.startsWith("JAVA_VERSION=" + VERSION));
        } catch (IOException e) {
            // It is no home of a Java.
            return false;
        }
    }
}
