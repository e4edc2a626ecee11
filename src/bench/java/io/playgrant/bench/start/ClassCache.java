package io.playgrant.bench.start;

import io.playgrant.bench.server.PlaygrantServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The cache that the launcher makes in the background after the first start on a JDK that can use one. */
final class ClassCache {

    private static final String ENDING = ".aot";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LOOK_MILLIS = 500;
    private static final int DEPTH = 4;

    private ClassCache() {}

    /**
     * Starts a server and waits until the cache is there.
     *
     * @return whether there is one; the launcher of this version may make none
     */
    static boolean make(Path data, Map<String, String> environment) throws IOException, InterruptedException {
        try (PlaygrantServer server = PlaygrantServer.start(data, environment)) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!isThere(data) && server.process().isAlive() && System.nanoTime() < end) {
                Thread.sleep(LOOK_MILLIS);
            }
        }
        return isThere(data);
    }

    private static boolean isThere(Path data) throws IOException {
        for (Path folder : List.of(data, Path.of("target"))) {
            try (Stream<Path> files = Files.walk(folder, DEPTH)) {
                if (files.anyMatch(file -> file.toString().endsWith(ENDING))) {
                    return true;
                }
            }
        }
        return false;
    }
}
