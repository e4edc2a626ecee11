package io.playgrant.bench;

import io.playgrant.TemporaryFolder;
import java.nio.file.Path;
import java.util.List;

/** {@code ./bench [kafka|files|records|keys]}; all of them if none is named. */
public final class Benchmarks {

    private Benchmarks() {}

    /** Runs those that are named. */
    public static void main(String[] arguments) throws Exception {
        List<String> names = arguments.length == 0 ? List.of("files", "records", "keys", "kafka") : List.of(arguments);
        for (String name : names) {
            // Gigabytes come together.
            try (TemporaryFolder folder = TemporaryFolder.in(Path.of("target", "bench"))) {
                run(name, folder.path().toAbsolutePath());
            }
        }
        // The broker leaves threads behind.
        System.exit(0);
    }

    private static void run(String name, Path folder) throws Exception {
        switch (name) {
            case "kafka" -> KafkaBenchmark.run(folder);
            case "files" -> FilesBenchmark.run(folder);
            case "records" -> RecordsBenchmark.run(folder);
            case "keys" -> KeysBenchmark.run(folder);
            default -> throw new IllegalArgumentException("There is kafka, files, records and keys, not " + name);
        }
    }

    static void print(String line) {
        System.out.println(line);
    }
}
