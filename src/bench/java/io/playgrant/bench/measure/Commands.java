package io.playgrant.bench.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs {@code ./playgrant} with a command. */
public final class Commands {

    private static final long LOOK_MILLIS = 50;

    private Commands() {}

    /**
     * A command that succeeded.
     *
     * @param seconds how long it took, start included
     * @param megabytes its largest resident memory
     */
    public record Run(double seconds, double megabytes) {}

    /**
     * Runs a command to its end.
     *
     * @param environment its settings; those of whoever runs the benchmark do not reach it
     */
    public static Run run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of("playgrant").toAbsolutePath().toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("PLAYGRANT_"));
        builder.environment().putAll(environment);
        long since = System.nanoTime();
        Process process = builder.start();
        double most = 0;
        while (process.isAlive()) {
            most = Math.max(most, megabytes(process));
            Thread.sleep(LOOK_MILLIS);
        }
        double seconds = (System.nanoTime() - since) / 1e9;
        if (process.exitValue() != 0) {
            throw new IllegalStateException(arguments[0] + " ended with status " + process.exitValue());
        }
        return new Run(seconds, most);
    }

    /** The launcher becomes the program, so that the process stays the same. */
    private static double megabytes(Process process) {
        try {
            return new ProcessFigures(process.pid()).mostResidentMegabytes();
        } catch (IOException e) {
            // It has ended meanwhile.
            return 0;
        }
    }
}
