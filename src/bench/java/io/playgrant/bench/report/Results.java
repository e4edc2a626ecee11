package io.playgrant.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The folder where benchmarks leave their results as data: comma-separated values, and the pictures.
 *
 * @param folder the folder
 */
public record Results(Path folder) {

    /** Writes the files of a benchmark. */
    public void write(Report report) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(report.name() + ".txt"), report.text());
        for (Table table : report.tables()) {
            Files.writeString(file(report, table.title()), table.csv());
        }
        for (var part : report.data().entrySet()) {
            Files.writeString(file(report, part.getKey()), part.getValue().csv());
        }
        if (!report.figures().isEmpty()) {
            Files.writeString(file(report, "targets"), report.targets().csv());
        }
        for (Report.Chart chart : report.charts()) {
            Files.writeString(folder.resolve(chart.file() + ".svg"), chart.svg());
        }
    }

    private Path file(Report report, String part) {
        String plain = part.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return folder.resolve(report.name() + "-" + plain + ".csv");
    }
}
