package io.playgrant.usage;

import io.playgrant.record.TokenRecord;
import io.playgrant.storage.CountTable;
import io.playgrant.storage.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/**
 * The counts of answers in the database, per minute and per hour. Every method throws {@link io.playgrant.storage.StorageException} if the
 * database is unreachable.
 */
public final class Usage {

    private static final List<String> KEY = List.of("account", "slot", "environment", "operation", "source", "code");

    private final Database database;
    private final CountTable minutes;
    private final CountTable hours;
    private final CountTable totals;

    /** The counts in a database. */
    public Usage(Database database) {
        this.database = database;
        this.minutes = database.counts("usage_minute", KEY, List.of("answers"));
        this.totals = database.counts("usage_total", List.of("slot"), Sum.COLUMNS);
        this.hours = database.counts("usage_hour", KEY, List.of("answers"));
    }

    /** Counts records in the transaction that stores them. Call this last: rows stay locked until the commit. */
    public void count(Handle transaction, List<TokenRecord> records) {
        UsageCounts counts = UsageCounts.of(records);
        minutes.add(transaction, counts.minutes());
        hours.add(transaction, counts.hours());
        totals.add(transaction, counts.totals());
    }

    /** The counts of a period, in the order of time, or of numbers or names. */
    public List<UsageRow> find(UsageQuery query) {
        UsageSums sums = new UsageSums(query);
        for (long account : accounts(query)) {
            database.withHandle(handle -> {
                sums.add(handle, account);
                return account;
            });
        }
        return sums.rows();
    }

    private List<Long> accounts(UsageQuery query) {
        if (query.account().isPresent()) {
            long account = query.account().getAsLong();
            return account == UsageCounts.ALL_ACCOUNTS ? List.of() : List.of(account);
        }
        return query.by() == Grouping.ACCOUNT ? accounts() : List.of(UsageCounts.ALL_ACCOUNTS);
    }

    /** The numbers of the accounts that have counts, in order. Each is looked up in the index, because there may be millions of rows. */
    public List<Long> accounts() {
        List<Long> accounts = new ArrayList<>();
        OptionalLong next = accountAfter(UsageCounts.ALL_ACCOUNTS);
        while (next.isPresent()) {
            accounts.add(next.getAsLong());
            next = accountAfter(next.getAsLong());
        }
        return accounts;
    }

    private OptionalLong accountAfter(long account) {
        return database.withHandle(handle -> handle.createQuery(
                                "select account from usage_hour where account > :account order by account fetch first 1 row only")
                        .bind("account", account)
                        .mapTo(Long.class)
                        .findOne())
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }
}
