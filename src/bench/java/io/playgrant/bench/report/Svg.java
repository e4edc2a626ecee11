package io.playgrant.bench.report;

import java.util.Locale;

/** Writes a small picture (SVG 1.1) that can be read on a light and on a dark background. */
final class Svg {

    private static final String STYLE = """
            <style>
              text { font: 12px sans-serif; fill: #1f2328 }
              .title { font-weight: bold }
              .axis { stroke: #818b98; stroke-width: 1 }
              .bar, .dot0 { fill: #0969da } .dot1 { fill: #bc4c00 } .dot2 { fill: #1a7f37 } .dot3 { fill: #8250df }
              .line { fill: none; stroke-width: 2 }
              .line0 { stroke: #0969da } .line1 { stroke: #bc4c00 } .line2 { stroke: #1a7f37 } .line3 { stroke: #8250df }
              .least { stroke: #cf222e; stroke-width: 2 }
              .aim { stroke: #1a7f37; stroke-width: 2; stroke-dasharray: 4 3 }
              @media (prefers-color-scheme: dark) {
                text { fill: #d1d7e0 }
                .bar, .dot0 { fill: #4493f8 } .dot1 { fill: #db6d28 } .dot2 { fill: #3fb950 } .dot3 { fill: #ab7df8 }
                .line0 { stroke: #4493f8 } .line1 { stroke: #db6d28 } .line2 { stroke: #3fb950 } .line3 { stroke: #ab7df8 }
                .least { stroke: #f85149 }
                .aim { stroke: #3fb950 }
              }
            </style>
            """;

    private final StringBuilder content = new StringBuilder();
    private final int width;
    private final int height;

    Svg(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** Writes text that begins at a point, ends there or has its middle there: {@code start}, {@code end}, {@code middle}. */
    Svg text(double x, double y, String anchor, String text) {
        return add("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>", n(x), n(y), anchor, escape(text));
    }

    Svg title(String text) {
        return add("<text class=\"title\" x=\"8\" y=\"18\">%s</text>", escape(text));
    }

    Svg line(String style, double x1, double y1, double x2, double y2) {
        return add(
                "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>", style, n(x1), n(y1), n(x2), n(y2));
    }

    Svg bar(double x, double y, double barWidth, double barHeight) {
        return add(
                "<rect class=\"bar\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>",
                n(x), n(y), n(barWidth), n(barHeight));
    }

    Svg dot(int style, double x, double y) {
        return add("<circle class=\"dot%s\" cx=\"%s\" cy=\"%s\" r=\"3\"/>", Integer.toString(style), n(x), n(y));
    }

    /** Connects points, given as {@code x,y x,y …}. */
    Svg polyline(int style, String points) {
        return add("<polyline class=\"line line%s\" points=\"%s\"/>", Integer.toString(style), points);
    }

    static String point(double x, double y) {
        return n(x) + "," + n(y);
    }

    private Svg add(String format, String... values) {
        content.append(String.format(Locale.ROOT, format, (Object[]) values)).append('\n');
        return this;
    }

    private static String n(double number) {
        return String.format(Locale.ROOT, "%.1f", number).replaceAll("\\.0$", "");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public String toString() {
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">\n",
                        width,
                        height,
                        width,
                        height)
                + STYLE + content + "</svg>\n";
    }
}
