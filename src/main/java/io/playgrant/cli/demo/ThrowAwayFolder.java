package io.playgrant.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder among the temporary ones of this machine, for its owner only, that is deleted with all that is in it when it is closed. */
record ThrowAwayFolder(Path path) implements AutoCloseable {

    static ThrowAwayFolder create() throws IOException {
        return new ThrowAwayFolder(Files.createTempDirectory("playgrant-demo"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
