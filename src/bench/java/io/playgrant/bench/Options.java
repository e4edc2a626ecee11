package io.playgrant.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of {@code ./bench}.
 *
 * @param names the benchmarks to run
 * @param quick whether to measure only briefly
 * @param write whether to write the results into docs/performance.md
 * @param results the folder for the results as data
 * @param minutes how long the soak takes
 */
public record Options(List<String> names, boolean quick, boolean write, Path results, double minutes) {

    private static final double SOAK_MINUTES = 10;

    /** Empty if the arguments are wrong. */
    static Optional<Options> parse(List<String> arguments) {
        List<String> names = new ArrayList<>();
        boolean quick = false;
        boolean write = false;
        Path results = Path.of("target", "bench", "results");
        double minutes = SOAK_MINUTES;
        for (String argument : arguments) {
            if (argument.equals("--quick")) {
                quick = true;
            } else if (argument.equals("--write")) {
                write = true;
            } else if (argument.startsWith("--results=")) {
                results = Path.of(argument.substring("--results=".length()));
            } else if (argument.matches("--minutes=[0-9]+(\\.[0-9]+)?")) {
                minutes = Double.parseDouble(argument.substring("--minutes=".length()));
            } else if (argument.startsWith("-")) {
                return Optional.empty();
            } else {
                names.add(argument);
            }
        }
        return Optional.of(new Options(List.copyOf(names), quick, write, results, minutes));
    }

    /** Tells whoever waits how far it is. */
    public void progress(String step) {
        System.err.println("  … " + step);
    }
}
