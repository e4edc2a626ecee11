package io.playgrant.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of results, for the terminal, for a document and for a file. The first column names the row. */
public final class Table {

    private final String title;
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    private Table(String title, List<String> columns) {
        this.title = title;
        this.columns = columns;
    }

    /** A table without rows. */
    public static Table of(String title, String... columns) {
        return new Table(title, List.of(columns));
    }

    public String title() {
        return title;
    }

    /** Adds a row. */
    public Table row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells, " + columns.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** Aligned text, with the title above. */
    public String text() {
        int[] widths = IntStream.range(0, columns.size()).map(this::width).toArray();
        StringBuilder text = new StringBuilder(title).append(":\n");
        append(text, columns, widths);
        rows.forEach(row -> append(text, row, widths));
        return text.toString();
    }

    private int width(int column) {
        return IntStream.concat(
                        IntStream.of(columns.get(column).length()),
                        rows.stream().mapToInt(row -> row.get(column).length()))
                .max()
                .orElse(0);
    }

    private static void append(StringBuilder text, List<String> row, int[] widths) {
        text.append(' ');
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - row.get(i).length());
            text.append(' ').append(i == 0 ? row.get(i) + padding : padding + row.get(i));
        }
        while (text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
        text.append('\n');
    }

    /** A table of Markdown, with the title above. */
    public String markdown() {
        String rule = "|---" + "|--:".repeat(columns.size() - 1) + "|\n";
        return "**" + title + "**\n\n" + line(columns) + rule
                + rows.stream().map(Table::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /** Comma-separated values (RFC 4180), with the columns' names first. */
    public String csv() {
        return csv(columns) + rows.stream().map(Table::csv).collect(Collectors.joining());
    }

    private static String csv(List<String> cells) {
        return cells.stream()
                        .map(cell -> cell.matches("(?s).*[\",\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell)
                        .collect(Collectors.joining(","))
                + "\n";
    }
}
