package io.playgrant.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/** Lines over a common axis, from zero upwards. */
public final class LineChart {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 280;
    private static final int LEFT = 60;
    private static final int RIGHT = 210;
    private static final int TOP = 40;
    private static final int BOTTOM = 45;
    private static final int STEPS = 4;
    private static final int LEGEND_ROW = 18;

    private final String title;
    private final String across;
    private final String up;
    private final List<Series> all = new ArrayList<>();
    private boolean logarithmic;

    /**
     * A chart without lines.
     *
     * @param across the horizontal axis
     * @param up the vertical axis
     */
    public LineChart(String title, String across, String up) {
        this.title = title;
        this.across = across;
        this.up = up;
    }

    /** A point of a line. */
    public record Point(double x, double y) {}

    private record Series(String name, List<Point> points) {}

    /** Adds a line. */
    public LineChart line(String name, List<Point> points) {
        all.add(new Series(name, List.copyOf(points)));
        return this;
    }

    /** Makes each step of the horizontal axis ten times the one before. */
    public LineChart byPowersOfTen() {
        logarithmic = true;
        return this;
    }

    /** The picture. */
    public String svg() {
        Svg svg = new Svg(WIDTH, HEIGHT).title(title);
        DoubleUnaryOperator x = horizontal();
        double highest = all.stream()
                .flatMap(series -> series.points().stream())
                .mapToDouble(Point::y)
                .max()
                .orElse(1);
        DoubleUnaryOperator y = value -> HEIGHT - BOTTOM - value / highest * (HEIGHT - TOP - BOTTOM);
        axes(svg, x, y, highest);
        for (int i = 0; i < all.size(); i++) {
            Series series = all.get(i);
            svg.polyline(
                    i,
                    series.points().stream()
                            .map(point -> Svg.point(x.applyAsDouble(point.x()), y.applyAsDouble(point.y())))
                            .collect(Collectors.joining(" ")));
            double row = TOP + i * LEGEND_ROW;
            svg.dot(i, WIDTH - RIGHT + 14, row - 4).text(WIDTH - RIGHT + 22, row, "start", series.name());
        }
        return svg.toString();
    }

    private void axes(Svg svg, DoubleUnaryOperator x, DoubleUnaryOperator y, double highest) {
        svg.line("axis", LEFT, TOP, LEFT, HEIGHT - BOTTOM)
                .line("axis", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM)
                .text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", across)
                .text(8, TOP - 8, "start", up);
        for (int step = 0; step <= STEPS; step++) {
            double value = highest * step / STEPS;
            svg.text(LEFT - 6, y.applyAsDouble(value) + 4, "end", Numbers.of(value));
        }
        marks().forEach(mark -> svg.text(x.applyAsDouble(mark), HEIGHT - BOTTOM + 16, "middle", label(mark)));
    }

    private static String label(double mark) {
        return mark == Math.rint(mark) ? String.format(Locale.ROOT, "%,.0f", mark) : Numbers.of(mark);
    }

    /** The points of the longest line if they are few, or some of them. */
    private List<Double> marks() {
        List<Double> values = all.stream()
                .flatMap(series -> series.points().stream())
                .map(Point::x)
                .distinct()
                .sorted()
                .toList();
        int every = Math.max(1, values.size() / 8);
        return values.stream().filter(value -> values.indexOf(value) % every == 0).toList();
    }

    private DoubleUnaryOperator horizontal() {
        DoubleUnaryOperator position = logarithmic ? Math::log10 : DoubleUnaryOperator.identity();
        List<Point> points = all.stream().flatMap(series -> series.points().stream()).toList();
        double first = position.applyAsDouble(
                points.stream().mapToDouble(Point::x).min().orElse(0));
        double last =
                position.applyAsDouble(points.stream().mapToDouble(Point::x).max().orElse(1));
        double room = WIDTH - LEFT - RIGHT;
        return value -> LEFT + (last == first ? 0 : (position.applyAsDouble(value) - first) / (last - first) * room);
    }
}
