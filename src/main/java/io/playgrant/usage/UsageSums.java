package io.playgrant.usage;

import io.playgrant.record.TokenRecord.Operation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Sums up the counts of a query. Whole hours are read from the table of hours, the rest from that of minutes. */
final class UsageSums {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MINUTES = 60;

    private final UsageQuery query;

    /** By the group: the number of a period, a code, an account, or a name. */
    private final Map<Object, Sum> groups = new TreeMap<>();

    UsageSums(UsageQuery query) {
        this.query = query;
    }

    /** Adds the counts of an account. */
    void add(Handle handle, long account) {
        long first = query.firstMinute();
        long end = query.endMinute();
        if (query.by() == Grouping.MINUTE
                && account == UsageCounts.ALL_ACCOUNTS
                && query.environment().isEmpty()) {
            readTotals(handle, first, end);
            return;
        }
        long firstHour = -Math.floorDiv(-first, MINUTES);
        long endHour = Math.floorDiv(end, MINUTES);
        if (query.by() == Grouping.MINUTE || firstHour >= endHour) {
            read(handle, "usage_minute", MINUTE, account, first, end);
            return;
        }
        read(handle, "usage_minute", MINUTE, account, first, firstHour * MINUTES);
        read(handle, "usage_hour", HOUR, account, firstHour, endHour);
        read(handle, "usage_minute", MINUTE, account, endHour * MINUTES, end);
    }

    private void read(Handle handle, String table, Duration slot, long account, long first, long end) {
        if (first >= end) {
            return;
        }
        String group = group(slot);
        String environment = query.environment().isPresent() ? " and environment = :environment" : "";
        Query select = handle.createQuery("select " + group + " as owner, operation, "
                        + "case when code = 0 then 1 else 0 end as done, sum(answers) as total from " + table
                        + " where account = :account and slot >= :first and slot < :end" + environment + " group by "
                        + group + ", operation, case when code = 0 then 1 else 0 end")
                .bind("account", account)
                .bind("first", first)
                .bind("end", end);
        query.environment().ifPresent(one -> select.bind("environment", one.label()));
        select.scanResultSet((rows, context) -> {
            ResultSet row = rows.get();
            while (row.next()) {
                sumUp(row);
            }
            return table;
        });
    }

    private void readTotals(Handle handle, long first, long end) {
        handle.createQuery("select * from usage_total where slot >= :first and slot < :end")
                .bind("first", first)
                .bind("end", end)
                .scanResultSet((rows, context) -> {
                    ResultSet row = rows.get();
                    while (row.next()) {
                        groups.put(row.getLong("slot"), Sum.of(row));
                    }
                    return first;
                });
    }

    /** The expression of the group. Integer division is the same in all databases, and independent of time zones. */
    private String group(Duration slot) {
        Duration step = query.by().step();
        return step == null ? query.by().label() : "slot / " + step.dividedBy(slot);
    }

    private void sumUp(ResultSet row) throws SQLException {
        Object group = switch (query.by()) {
            case SOURCE, OPERATION -> row.getString("owner");
            default -> row.getLong("owner");
        };
        groups.computeIfAbsent(group, absent -> new Sum())
                .add(Operation.of(row.getString("operation")), row.getInt("done") == 1, row.getLong("total"));
    }

    /** A row for each group that has answers. */
    List<UsageRow> rows() {
        return groups.entrySet().stream()
                .map(group -> row(group.getKey(), group.getValue()))
                .toList();
    }

    private UsageRow row(Object group, Sum sum) {
        Duration step = query.by().step();
        if (step == null) {
            return sum.row(group.toString(), null);
        }
        Instant start = Instant.EPOCH.plus(step.multipliedBy((Long) group));
        return sum.row(
                query.by() == Grouping.DAY
                        ? start.atOffset(ZoneOffset.UTC).toLocalDate().toString()
                        : start.toString(),
                start);
    }
}
