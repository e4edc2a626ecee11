package io.playgrant.usage;

import io.playgrant.record.TokenRecord;
import io.playgrant.record.TokenRecord.Operation;
import io.playgrant.storage.CountTable.Addition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows that a transaction with records adds to. */
record UsageCounts(List<Addition> minutes, List<Addition> hours, List<Addition> totals) {

    /** The account of the rows that sum up all accounts. Numbers of accounts are positive. */
    static final long ALL_ACCOUNTS = 0;

    private static final int MINUTE = 60;
    private static final int MINUTES = 60;

    /** The row of a table of minutes, or of hours. */
    private record Row(long account, long slot, String environment, Operation operation, String source, int code) {

        /** The same order in every transaction. The rows of all accounts, for which nodes wait for each other, are locked last. */
        private static final Comparator<Row> ORDER = Comparator.comparingLong(Row::account)
                .reversed()
                .thenComparingLong(Row::slot)
                .thenComparing(Row::environment)
                .thenComparing(Row::operation)
                .thenComparing(Row::source)
                .thenComparingInt(Row::code);

        static Row of(TokenRecord record) {
            return new Row(
                    record.account(),
                    Math.floorDiv(record.time().getEpochSecond(), MINUTE),
                    record.environment().label(),
                    record.operation(),
                    record.source().label(),
                    record.code());
        }

        Row ofAllAccounts() {
            return new Row(ALL_ACCOUNTS, slot, environment, operation, source, code);
        }

        Row ofHour() {
            return new Row(account, Math.floorDiv(slot, MINUTES), environment, operation, source, code);
        }
    }

    /** Counts records. */
    static UsageCounts of(List<TokenRecord> records) {
        Map<Row, Long> ofAccounts = new HashMap<>();
        for (TokenRecord record : records) {
            ofAccounts.merge(Row.of(record), 1L, Long::sum);
        }
        Map<Row, Long> minutes = new HashMap<>(ofAccounts);
        ofAccounts.forEach((row, count) -> minutes.merge(row.ofAllAccounts(), count, Long::sum));
        Map<Row, Long> hours = new HashMap<>();
        minutes.forEach((row, count) -> hours.merge(row.ofHour(), count, Long::sum));
        return new UsageCounts(sorted(minutes), sorted(hours), totals(ofAccounts));
    }

    private static List<Addition> totals(Map<Row, Long> counts) {
        Map<Long, Sum> totals = new TreeMap<>();
        counts.forEach((row, count) -> totals.computeIfAbsent(row.slot(), absent -> new Sum())
                .add(row.operation(), row.code() == TokenRecord.ISSUED, count));
        return totals.entrySet().stream()
                .map(total ->
                        new Addition(List.of(total.getKey()), total.getValue().values()))
                .toList();
    }

    private static List<Addition> sorted(Map<Row, Long> counts) {
        List<Row> rows = new ArrayList<>(counts.keySet());
        rows.sort(Row.ORDER);
        return rows.stream()
                .map(row -> new Addition(
                        List.of(
                                row.account(),
                                row.slot(),
                                row.environment(),
                                row.operation().label(),
                                row.source(),
                                row.code()),
                        counts.getOrDefault(row, 0L)))
                .toList();
    }
}
