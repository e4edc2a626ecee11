package io.playgrant.bench;

import java.util.List;

/** {@code ./bench [kafka|files|records|keys]}; all of them if none is named. */
public final class Benchmarks {

    private Benchmarks() {}

    /** Runs those that are named. */
    public static void main(String[] arguments) throws Exception {
        List<String> names = arguments.length == 0 ? List.of("files", "records", "keys", "kafka") : List.of(arguments);
        for (String name : names) {
            switch (name) {
                case "kafka" -> KafkaBenchmark.run();
                case "files" -> FilesBenchmark.run();
                case "records" -> RecordsBenchmark.run();
                case "keys" -> KeysBenchmark.run();
                default -> throw new IllegalArgumentException("There is kafka, files, records and keys, not " + name);
            }
        }
        // The broker leaves threads behind.
        System.exit(0);
    }

    static void print(String line) {
        System.out.println(line);
    }
}
