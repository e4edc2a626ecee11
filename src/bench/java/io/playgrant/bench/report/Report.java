package io.playgrant.bench.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results of a benchmark. */
public final class Report {

    private final String name;
    private final List<String> notes = new ArrayList<>();
    private final List<Table> tables = new ArrayList<>();
    private final Map<String, Table> data = new LinkedHashMap<>();
    private final List<Chart> charts = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);

    /** A report without results, of the benchmark with this name. */
    public Report(String name) {
        this.name = name;
    }

    /**
     * A picture.
     *
     * @param file its file's name without folder and ending
     * @param description its content, for those who do not see it
     * @param svg the picture
     */
    public record Chart(String file, String description, String svg) {}

    public String name() {
        return name;
    }

    /** Adds a sentence on how the results came about. */
    public Report note(String sentence) {
        notes.add(sentence);
        return this;
    }

    /** Adds a table for readers. */
    public Report table(Table table) {
        tables.add(table);
        return this;
    }

    /**
     * Adds single measurements, which only the files contain.
     *
     * @param part names the file
     */
    public Report data(String part, Table measurements) {
        data.put(part, measurements);
        return this;
    }

    /** Adds a picture. */
    public Report chart(String file, String description, String svg) {
        charts.add(new Chart(file, description, svg));
        return this;
    }

    /** Adds a figure that has targets. */
    public Report figure(Figure figure, double value) {
        figures.put(figure, value);
        return this;
    }

    /** Adds something that must not be. */
    public Report problem(String sentence) {
        problems.add(sentence);
        return this;
    }

    public List<String> problems() {
        return problems;
    }

    public List<String> notes() {
        return notes;
    }

    public List<Table> tables() {
        return tables;
    }

    public Map<String, Table> data() {
        return data;
    }

    public List<Chart> charts() {
        return charts;
    }

    public Map<Figure, Double> figures() {
        return figures;
    }

    /** All that is printed. */
    public String text() {
        StringBuilder text = new StringBuilder();
        notes.forEach(note -> text.append(note).append('\n'));
        tables.forEach(table -> text.append('\n').append(table.text()));
        if (!figures.isEmpty()) {
            text.append('\n').append(targets().text());
        }
        return text.toString();
    }

    /** The figures beside their targets. */
    public Table targets() {
        Table table = Table.of("Targets", "figure", "at least", "aim", "measured", "");
        figures.forEach((figure, value) -> table.row(
                figure.title(),
                Numbers.of(figure.atLeast()),
                Numbers.of(figure.aim()),
                Numbers.of(value),
                figure.verdict(value)));
        return table;
    }
}
