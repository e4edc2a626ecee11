package io.playgrant.bench.report;

import java.util.Locale;

/** Numbers as people read them. */
public final class Numbers {

    private static final double NO_DECIMALS = 100;
    private static final double ONE_DECIMAL = 10;

    private Numbers() {}

    /** A number of things. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A number with three digits, or all of those before the point; a dash if there is none. */
    public static String of(double number) {
        if (Double.isNaN(number)) {
            return "–";
        }
        double size = Math.abs(number);
        String format = size >= NO_DECIMALS ? "%,.0f" : size >= ONE_DECIMAL ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, number);
    }
}
