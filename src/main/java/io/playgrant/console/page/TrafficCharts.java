package io.playgrant.console.page;

import io.playgrant.app.Application;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.operator.Role;
import io.playgrant.usage.Grouping;
import io.playgrant.usage.RequestTime;
import io.playgrant.usage.UsageQuery;
import io.playgrant.usage.UsageRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The data of the charts, and the tables with the same numbers. Browsers ask for them after the page. */
final class TrafficCharts implements ConsolePart {

    private static final String TRAFFIC = "/console/data/traffic";
    private static final String TIMES = "/console/data/times";
    private static final String TABLE = "/table";
    private static final String TEMPLATE = "chart-table";

    /** The sources of requests whose times are shown: for tokens over HTTP, and for licences. */
    private static final String TOKENS = "http";

    private static final String LICENSES = "license";
    private static final double NANOS_OF_A_MILLI = 1e6;

    /** The lines of the chart of requests. */
    private static final List<Count> COUNTS = List.of(
            new Count("Tokens issued", "chart-1", UsageRow::tokens),
            new Count("Redeemed", "chart-2", row -> row.licenses() + row.renewals()),
            new Count("Refused", "chart-3", UsageRow::refused));

    private final Templates templates;
    private final Application application;

    private record Count(String label, String colour, ToLongFunction<UsageRow> of) {}

    TrafficCharts(Templates templates, Application application) {
        this.templates = templates;
        this.application = application;
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        routes.page("GET", TRAFFIC, Role.VIEWER, this::traffic)
                .page("GET", TRAFFIC + TABLE, Role.VIEWER, this::trafficTable)
                .page("GET", TIMES, Role.VIEWER, this::times)
                .page("GET", TIMES + TABLE, Role.VIEWER, this::timesTable);
    }

    /** The chart of all requests, for the template. */
    static Map<String, Object> ofAll(Period period) {
        return chart("Requests per minute, " + period.text(), TRAFFIC, "?period=" + period.label(), "10");
    }

    /** The chart of an account's requests. */
    static Map<String, Object> ofAccount(long account) {
        return chart("Requests per minute, 7 days", TRAFFIC, "?period=week&account=" + account, "");
    }

    /** The chart of the times of answers. */
    static Map<String, Object> ofTimes(Period period) {
        return chart("Answer times, " + period.text(), TIMES, "?period=" + period.label(), "10");
    }

    private static Map<String, Object> chart(String title, String path, String query, String refresh) {
        return Map.of("title", title, "data", path + query, "table", path + TABLE + query, "refresh", refresh);
    }

    private List<UsageRow> rows(ConsoleCall call, Period period, Grouping by, Instant now) {
        return application.usage().find(new UsageQuery(account(call), Optional.empty(), period.start(now), now, by));
    }

    private static OptionalLong account(ConsoleCall call) {
        try {
            return call.query("account")
                    .map(text -> OptionalLong.of(Long.parseLong(text)))
                    .orElse(OptionalLong.empty());
        } catch (NumberFormatException e) {
            return OptionalLong.of(-1);
        }
    }

    private Answer traffic(ConsoleCall call) {
        Period period = period(call);
        Instant now = application.clock().instant();
        Duration step = Objects.requireNonNull(period.grouping().step());
        Points points = new Points(period.start(now), now, step);
        List<UsageRow> rows = rows(call, period, period.grouping(), now);
        for (Count count : COUNTS) {
            double[] values = points.add(count.label(), count.colour());
            for (UsageRow row : rows) {
                points.put(
                        values,
                        Objects.requireNonNull(row.start()),
                        count.of().applyAsLong(row) / (double) step.toMinutes());
            }
        }
        return Answer.json(points.json(""));
    }

    private Answer trafficTable(ConsoleCall call) {
        Period period = period(call);
        Instant now = application.clock().instant();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (UsageRow row : rows(call, period, Grouping.HOUR, now)) {
            List<Map<String, String>> values = new ArrayList<>();
            for (Count count : COUNTS) {
                values.add(Map.of("value", PageText.grouped(count.of().applyAsLong(row))));
            }
            rows.add(Map.of("time", PageText.time(Objects.requireNonNull(row.start()), now), "values", values));
        }
        List<String> labels = COUNTS.stream().map(Count::label).toList();
        OptionalLong account = account(call);
        return table(
                call,
                "Requests, " + period.text(),
                "Sums of each hour. Hours without requests are left out.",
                labels,
                rows,
                account.isPresent() ? AccountPages.path(account.getAsLong()) : "/console/?period=" + period.label());
    }

    private Answer times(ConsoleCall call) {
        Period period = period(call);
        Instant now = application.clock().instant();
        Points points = new Points(period.start(now), now, period.timesStep());
        addTimes(points, period, now, TOKENS, "Tokens", "chart-1");
        addTimes(points, period, now, LICENSES, "Licences", "chart-2");
        return Answer.json(points.json("ms"));
    }

    private void addTimes(Points points, Period period, Instant now, String source, String name, String colour) {
        List<RequestTime> found = application.requestTimes().find(period.start(now), now, period.timesStep(), source);
        fill(points, name + " p50", colour, true, found, time -> millis(time.p50()));
        fill(points, name + " p99", colour, false, found, time -> millis(time.p99()));
    }

    private static void fill(
            Points points,
            String label,
            String colour,
            boolean dashed,
            List<RequestTime> times,
            ToDoubleFunction<RequestTime> value) {
        double[] values = points.addGaps(label, colour, dashed);
        times.forEach(time -> points.put(values, time.start(), value.applyAsDouble(time)));
    }

    private static double millis(Duration time) {
        return time.toNanos() / NANOS_OF_A_MILLI;
    }

    private Answer timesTable(ConsoleCall call) {
        Period period = period(call);
        Instant now = application.clock().instant();
        Map<Instant, String[]> byHour = new TreeMap<>();
        List<String> sources = List.of(TOKENS, LICENSES);
        for (int i = 0; i < sources.size(); i++) {
            for (RequestTime time :
                    application.requestTimes().find(period.start(now), now, Duration.ofHours(1), sources.get(i))) {
                String[] cells = byHour.computeIfAbsent(time.start(), start -> new String[] {"–", "–", "–", "–"});
                cells[2 * i] = text(time.p50());
                cells[2 * i + 1] = text(time.p99());
            }
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        byHour.forEach((start, cells) -> rows.add(Map.of(
                "time",
                PageText.time(start, now),
                "values",
                List.of(cells).stream().map(cell -> Map.of("value", cell)).toList())));
        return table(
                call,
                "Answer times, " + period.text(),
                "In milliseconds, over all nodes, for each hour. Half of the requests took at most p50, 99 % at most p99.",
                List.of("Tokens p50", "Tokens p99", "Licences p50", "Licences p99"),
                rows,
                "/console/?period=" + period.label());
    }

    private static String text(Duration time) {
        return String.format(Locale.ROOT, "%,.2f", millis(time));
    }

    private Answer table(
            ConsoleCall call,
            String title,
            String caption,
            List<String> labels,
            List<Map<String, Object>> rows,
            String back) {
        Map<String, Object> model = new HashMap<>();
        model.put("title", title);
        model.put("caption", caption);
        model.put("series", labels.stream().map(label -> Map.of("label", label)).toList());
        model.put("rows", rows);
        model.put("back", back);
        return Answer.html(templates.page(TEMPLATE, PageHead.of(call, title, MenuItem.OVERVIEW), model));
    }

    private static Period period(ConsoleCall call) {
        return Period.of(call.query("period").orElse(""));
    }

    /** A line of a chart; NaN is a gap. */
    private record Line(String label, String colour, boolean dashed, double[] values) {

        Map<String, Object> json() {
            List<@Nullable Double> numbers = new ArrayList<>();
            for (double value : values) {
                // JSON has no number for a gap.
                numbers.add(Double.isNaN(value) ? null : Double.valueOf(Math.round(value * 1_000) / 1_000.0));
            }
            return Map.of("label", label, "colour", colour, "dashed", dashed, "values", numbers);
        }
    }

    /** The points of a chart: one for each step, from the first to the last that is complete. */
    private static final class Points {

        private final long first;
        private final long seconds;
        private final int size;
        private final List<Line> lines = new ArrayList<>();

        Points(Instant from, Instant to, Duration step) {
            this.seconds = step.toSeconds();
            this.first = Math.floorDiv(from.getEpochSecond(), seconds) + 1;
            this.size = (int) (Math.floorDiv(to.getEpochSecond(), seconds) - first);
        }

        /** A line of zeros. */
        double[] add(String label, String colour) {
            return add(label, colour, false, 0);
        }

        /** A line of gaps. */
        double[] addGaps(String label, String colour, boolean dashed) {
            return add(label, colour, dashed, Double.NaN);
        }

        private double[] add(String label, String colour, boolean dashed, double everywhere) {
            double[] values = new double[size];
            Arrays.fill(values, everywhere);
            lines.add(new Line(label, colour, dashed, values));
            return values;
        }

        void put(double[] values, Instant start, double value) {
            long at = Math.floorDiv(start.getEpochSecond(), seconds) - first;
            if (at >= 0 && at < size) {
                values[(int) at] = value;
            }
        }

        Map<String, Object> json(String unit) {
            List<Long> times = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                times.add((first + i) * seconds);
            }
            return Map.of(
                    "unit", unit,
                    "times", times,
                    "series", lines.stream().map(Line::json).toList());
        }
    }
}
