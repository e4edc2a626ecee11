package io.playgrant.record;

import io.playgrant.account.Environment;
import io.playgrant.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records in the database. Every method throws {@link io.playgrant.storage.StorageException} if the database is unreachable. */
public final class Records {

    private final Database database;

    /** The records of a database. */
    public Records(Database database) {
        this.database = database;
    }

    /** A page of the records that match a query, without a time limit. */
    public RecordPage find(RecordQuery query) {
        return find(query, Duration.ZERO);
    }

    /**
     * A page of the records that match a query.
     *
     * @param timeout the time limit, in whole seconds, after which the query fails as if the database were unreachable; zero for none
     */
    public RecordPage find(RecordQuery query, Duration timeout) {
        List<TokenRecord> found = database.withHandle(
                handle -> RecordTable.find(handle, query, query.limit() + 1, (int) timeout.toSeconds()));
        if (found.size() <= query.limit()) {
            return new RecordPage(found, null);
        }
        List<TokenRecord> page = found.subList(0, query.limit());
        return new RecordPage(page, end(page, query.before()));
    }

    private static RecordCursor end(List<TokenRecord> page, @Nullable RecordCursor before) {
        Instant last = page.get(page.size() - 1).time();
        int shown =
                (int) page.stream().filter(record -> record.time().equals(last)).count();
        return new RecordCursor(last, before != null && before.time().equals(last) ? before.shown() + shown : shown);
    }

    /** The numbers of the accounts that have records, in order. Each is looked up in the index, because there may be millions of records. */
    public List<Long> accounts() {
        List<Long> accounts = new ArrayList<>();
        Optional<Long> next = accountAfter(Long.MIN_VALUE);
        while (next.isPresent()) {
            accounts.add(next.get());
            next = accountAfter(next.get());
        }
        return accounts;
    }

    private Optional<Long> accountAfter(long account) {
        return database.withHandle(handle -> RecordTable.accountAfter(handle, account));
    }

    /** Writes records, in one transaction. */
    void write(List<TokenRecord> records) {
        database.inTransaction(handle -> {
            RecordTable.insert(handle, records);
            return records.size();
        });
    }

    /** Whether an account still exists. */
    boolean isAccount(long account) {
        return database.withHandle(handle -> RecordTable.isAccount(handle, account));
    }

    /**
     * Deletes some records before a time, in one transaction.
     *
     * @param some the smallest number to delete, unless there are fewer
     * @return the number of deleted records; 0 if there are no more
     */
    int deleteSomeBefore(long account, Environment environment, Instant end, int some) {
        return database.inTransaction(handle -> RecordTable.deleteSomeBefore(handle, account, environment, end, some));
    }
}
