package io.playgrant.bench;

import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.config.Settings;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code ./playgrant batch} on a file of many lines: how long it takes, start included, and how much memory at most. */
final class FilesBenchmark {

    private static final int LINES = Integer.getInteger("bench.lines", 1_000_000);
    private static final int ROUNDS = 2;
    private static final long LOOK_MILLIS = 50;

    private FilesBenchmark() {}

    static void run(Path folder) throws Exception {
        Path data = folder.resolve("data");
        Path authenticator = folder.resolve("authenticator");
        Settings settings = Settings.load(
                Path.of("").toAbsolutePath(), Map.of("PLAYGRANT_DATA_DIR", data.toString()));
        try (Application application = Application.open(settings)) {
            Files.writeString(
                    authenticator,
                    KafkaBenchmark.authenticator(application.accounts().create("Films", Profile.STRICT, List.of())));
        }
        Path requests = folder.resolve("requests.csv");
        write(requests);
        Benchmarks.print("Files, " + LINES + " lines:");
        for (int round = 0; round < ROUNDS; round++) {
            measure(data, requests, folder.resolve("tokens" + round + ".csv"), authenticator);
        }
    }

    private static void write(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("id,kid,contentKey,securityLevel,hdcpOutputControl\n");
            for (int line = 0; line < LINES; line++) {
                out.write(line + ",^film" + line + ",000102030405060708090a0b0c0d0e0f,1,0\n");
            }
        }
    }

    private static void measure(Path data, Path requests, Path tokens, Path authenticator) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of("playgrant").toAbsolutePath().toString(),
                "batch",
                requests.toString(),
                "--out",
                tokens.toString(),
                "--authenticator-file",
                authenticator.toString());
        builder.environment().put("PLAYGRANT_DATA_DIR", data.toString());
        builder.inheritIO();
        long since = System.nanoTime();
        Process process = builder.start();
        long peak = 0;
        while (process.isAlive()) {
            peak = Math.max(peak, peakKibibytes(process.pid()));
            Thread.sleep(LOOK_MILLIS);
        }
        double seconds = (System.nanoTime() - since) / 1e9;
        long lines;
        try (var all = Files.lines(tokens)) {
            lines = all.filter(line -> line.contains("ExpressPlayToken")).count();
        }
        if (process.exitValue() != 0 || lines != LINES) {
            throw new IllegalStateException("status " + process.exitValue() + ", " + lines + " tokens");
        }
        Benchmarks.print(String.format(
                Locale.ROOT, "  %.1f s, %.0f lines/s, %d MiB at most", seconds, LINES / seconds, peak / 1_024));
    }

    /** The launcher becomes the program, so that the process stays the same. */
    private static long peakKibibytes(long pid) {
        try (var status = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return status.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            // It has ended meanwhile, or this is not Linux.
            return 0;
        }
    }
}
