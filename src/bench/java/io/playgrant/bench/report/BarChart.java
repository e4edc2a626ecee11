package io.playgrant.bench.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Horizontal bars, with the targets of a figure as lines across them. */
public final class BarChart {

    private static final int WIDTH = 640;
    private static final int LABELS = 220;
    private static final int RIGHT = 70;
    private static final int TOP = 30;
    private static final int ROW = 24;
    private static final int LEGEND = 22;

    private final String title;
    private final List<Bar> bars = new ArrayList<>();
    private @Nullable Figure figure;

    public BarChart(String title) {
        this.title = title;
    }

    private record Bar(String label, double value) {}

    /** Adds a bar below the others. */
    public BarChart bar(String label, double value) {
        bars.add(new Bar(label, value));
        return this;
    }

    /** Draws the targets of a figure. */
    public BarChart targets(Figure with) {
        figure = with;
        return this;
    }

    /** The picture. */
    public String svg() {
        int bottom = TOP + bars.size() * ROW;
        Svg svg = new Svg(WIDTH, bottom + LEGEND).title(title);
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        if (figure != null) {
            most = Math.max(most, Math.max(figure.atLeast(), figure.aim()));
        }
        double scale = (WIDTH - LABELS - RIGHT) / most;
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double y = TOP + i * ROW;
            double length = bar.value() * scale;
            svg.text(LABELS - 8, y + 15, "end", bar.label())
                    .bar(LABELS, y + 3, length, ROW - 8)
                    .text(LABELS + length + 6, y + 15, "start", Numbers.of(bar.value()));
        }
        svg.line("axis", LABELS, TOP, LABELS, bottom);
        if (figure != null) {
            target(svg, "least", "at least", LABELS + figure.atLeast() * scale, bottom);
            target(svg, "aim", "aim", LABELS + figure.aim() * scale, bottom);
        }
        return svg.toString();
    }

    /** The two labels stand on the outer sides of the two lines, so that they never cover each other. */
    private void target(Svg svg, String style, String label, double x, int bottom) {
        boolean isLeft = style.equals("least") == (figure != null && figure.atLeast() < figure.aim());
        svg.line(style, x, TOP, x, bottom + 4).text(x + (isLeft ? -4 : 4), bottom + 16, isLeft ? "end" : "start", label);
    }
}
