package io.playgrant.view;

import io.playgrant.usage.Grouping;
import io.playgrant.usage.UsageRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows counts of answers as JSON, as CSV or as a table. No cell has text that a client chose. */
public final class UsageView {

    private static final String ROW = "%-20s %12s %14s %12s %12s %12s %19s %12s";
    private static final String TOTAL = "total";

    private UsageView() {}

    /** The row as a JSON object. Its first member is named for the grouping. */
    public static Map<String, Object> json(UsageRow row, Grouping by) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(by.label(), isNumber(by) ? (Object) Long.valueOf(row.key()) : row.key());
        json.put("tokens", row.tokens());
        json.put("tokensRefused", row.tokensRefused());
        json.put("licenses", row.licenses());
        json.put("renewals", row.renewals());
        json.put("releases", row.releases());
        json.put("redemptionsRefused", row.redemptionsRefused());
        json.put("answers", row.answers());
        return json;
    }

    private static boolean isNumber(Grouping by) {
        return by == Grouping.CODE || by == Grouping.ACCOUNT;
    }

    /** The rows as CSV with a head, each ending in a line feed. Cells are numbers, times and names of the program. */
    public static String csv(List<UsageRow> rows, Grouping by) {
        String head = by.label() + ",tokens,tokensRefused,licenses,renewals,releases,redemptionsRefused,answers\n";
        return rows.stream()
                .map(row ->
                        json(row, by).values().stream().map(Object::toString).collect(Collectors.joining(",")))
                .map(line -> line + "\n")
                .collect(Collectors.joining("", head, ""));
    }

    /** The rows as a table, with a head and the totals. */
    public static String table(List<UsageRow> rows, Grouping by) {
        String head = ROW.formatted(
                by.label().toUpperCase(Locale.ROOT),
                "TOKENS",
                "REFUSED TOKENS",
                "LICENSES",
                "RENEWALS",
                "RELEASES",
                "REFUSED REDEMPTIONS",
                "ANSWERS");
        return rows.stream().map(row -> line(row) + "\n").collect(Collectors.joining("", head + "\n", ""))
                + line(UsageRow.total(TOTAL, rows))
                + "\n";
    }

    private static String line(UsageRow row) {
        return ROW.formatted(
                row.key(),
                row.tokens(),
                row.tokensRefused(),
                row.licenses(),
                row.renewals(),
                row.releases(),
                row.redemptionsRefused(),
                row.answers());
    }
}
