package io.playgrant.bench.measure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The output of wrk.
 *
 * @param requests the number of answers
 * @param rate answers per second
 * @param p50 the median latency in milliseconds
 * @param p99 the latency that 1 % of the answers exceed, in milliseconds
 * @param failed the number of answers that are no success
 * @param broken the number of failures of connections
 */
public record WrkReport(long requests, double rate, double p50, double p99, long failed, long broken) {

    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ");
    private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");
    private static final Pattern FAILED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern BROKEN =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

    /** Reads the output of {@code wrk --latency}. */
    public static WrkReport parse(String output) {
        return new WrkReport(
                (long) number(REQUESTS, output),
                number(RATE, output),
                percentile(50, output),
                percentile(99, output),
                FAILED.matcher(output).find() ? (long) number(FAILED, output) : 0,
                broken(output));
    }

    private static double number(Pattern pattern, String output) {
        return Double.parseDouble(find(pattern, output).group(1));
    }

    private static double percentile(int percent, String output) {
        Matcher found = find(Pattern.compile("(?m)^ +" + percent + "% +([0-9.]+)(us|ms|s|m) *$"), output);
        double value = Double.parseDouble(found.group(1));
        return switch (found.group(2)) {
            case "us" -> value / 1_000;
            case "ms" -> value;
            case "s" -> value * 1_000;
            default -> value * 60_000;
        };
    }

    private static long broken(String output) {
        Matcher matcher = BROKEN.matcher(output);
        long sum = 0;
        if (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                sum += Long.parseLong(matcher.group(group));
            }
        }
        return sum;
    }

    private static Matcher find(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalArgumentException("wrk printed no " + pattern + ":\n" + output);
        }
        return matcher;
    }
}
