package io.playgrant.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page docs/performance.md, of which each benchmark writes its own parts: the section between its two comments, and the cells of its
 * figures.
 */
public final class PerformancePage {

    private static final String PICTURES = "performance";

    private final Path file;

    /** The page in a file. */
    public PerformancePage(Path file) {
        this.file = file;
    }

    /** Replaces the parts of a benchmark, and its pictures. */
    public void write(Report report) throws IOException {
        Path pictures = Files.createDirectories(file.resolveSibling(PICTURES));
        for (Report.Chart chart : report.charts()) {
            Files.writeString(pictures.resolve(chart.file() + ".svg"), chart.svg());
        }
        String page = withSection(Files.readString(file), report.name(), section(report));
        for (var figure : report.figures().entrySet()) {
            page = withFigure(page, figure.getKey(), figure.getValue());
        }
        Files.writeString(file, page);
    }

    private static String section(Report report) {
        String notes = report.notes().stream().map(note -> note + "\n").collect(Collectors.joining("\n"));
        String charts = report.charts().stream()
                .map(chart -> "![" + chart.description() + "](" + PICTURES + "/" + chart.file() + ".svg)\n")
                .collect(Collectors.joining("\n"));
        String tables = report.tables().stream().map(Table::markdown).collect(Collectors.joining("\n"));
        return Stream.of(notes, charts, tables)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    /** The page with another section between the comments of a benchmark. */
    static String withSection(String page, String name, String content) {
        String begin = "<!-- begin " + name + " -->\n";
        String end = "<!-- end " + name + " -->";
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("the page has no section " + name);
        }
        return page.substring(0, from + begin.length()) + "\n" + content + "\n" + page.substring(to);
    }

    /** The page with another value in the cell that the comment of a figure begins. */
    static String withFigure(String page, Figure figure, double value) {
        Pattern cell = Pattern.compile(Pattern.quote("<!-- " + figure.cell() + " -->") + "[^|\n]*");
        Matcher matcher = cell.matcher(page);
        if (!matcher.find()) {
            throw new IllegalArgumentException("the page has no cell " + figure.cell());
        }
        String content = "<!-- " + figure.cell() + " -->" + Numbers.of(value) + ", " + figure.verdict(value) + " ";
        return matcher.replaceFirst(Matcher.quoteReplacement(content));
    }
}
