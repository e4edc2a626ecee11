package io.playgrant.bench.bulk;

import io.playgrant.bench.Benchmark;
import io.playgrant.bench.Options;
import io.playgrant.bench.measure.Commands;
import io.playgrant.bench.measure.Median;
import io.playgrant.bench.report.Numbers;
import io.playgrant.bench.report.Report;
import io.playgrant.bench.report.Table;
import io.playgrant.bench.server.BenchFolder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@code ./playgrant batch} on a file of few and of many lines: how long it takes, start included, and how much memory at most. */
public final class FilesBenchmark implements Benchmark {

    private static final List<Integer> LINES = List.of(20_000, 1_000_000);
    private static final List<Integer> FEWER_LINES = List.of(20_000);
    private static final int ROUNDS = 3;

    @Override
    public Report run(Options options, Path folder) throws Exception {
        BenchFolder installation = BenchFolder.create(folder.resolve("data"));
        Path authenticator = folder.resolve("authenticator");
        Files.writeString(authenticator, installation.authenticator());
        Table table = Table.of("A file of requests, start included", "lines", "s", "lines/s", "memory at most, MB");
        for (int lines : options.quick() ? FEWER_LINES : LINES) {
            Path requests = folder.resolve("requests" + lines + ".csv");
            write(requests, lines);
            List<Commands.Run> runs = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                options.progress(lines + " lines");
                runs.add(measure(installation, requests, folder.resolve("tokens-" + lines + "-" + round), lines));
            }
            double seconds = median(runs, Commands.Run::seconds);
            table.row(
                    Numbers.count(lines),
                    Numbers.of(seconds),
                    Numbers.of(lines / seconds),
                    Numbers.of(median(runs, Commands.Run::megabytes)));
        }
        return new Report("files").table(table);
    }

    private static double median(List<Commands.Run> runs, Function<Commands.Run, Double> value) {
        return Median.of(runs.stream().map(value).toList());
    }

    private static void write(Path file, int lines) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("id,kid,contentKey,securityLevel,hdcpOutputControl\n");
            for (int line = 0; line < lines; line++) {
                out.write(line + ",^film" + line + "," + BenchFolder.CONTENT_KEY + ",1,0\n");
            }
        }
    }

    private static Commands.Run measure(BenchFolder installation, Path requests, Path tokens, int lines)
            throws Exception {
        Commands.Run run = Commands.run(
                Map.of("PLAYGRANT_DATA_DIR", installation.data().toString()),
                "batch",
                requests.toString(),
                "--out",
                tokens.toString(),
                "--authenticator-file",
                requests.resolveSibling("authenticator").toString());
        long issued;
        try (var all = Files.lines(tokens)) {
            issued = all.filter(line -> line.contains("ExpressPlayToken")).count();
        }
        if (issued != lines) {
            throw new IllegalStateException(issued + " tokens");
        }
        return run;
    }
}
