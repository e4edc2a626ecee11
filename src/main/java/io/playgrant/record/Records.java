package io.playgrant.record;

import io.playgrant.account.Environment;
import io.playgrant.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The records in the database. Every method throws {@link io.playgrant.storage.StorageException} if the database is unreachable. */
public final class Records {

    private final Database database;
    private final Counter counter;
    private final UnreadableBlocks unreadable = new UnreadableBlocks();
    private final BlockDeletion blockDeletion = new BlockDeletion(unreadable);

    /**
     * The records of a database.
     *
     * @param counter counts records that are written
     */
    public Records(Database database, Counter counter) {
        this.database = database;
        this.counter = counter;
    }

    /** Counts records in the transaction that writes them. A record that cannot be stored is not counted. */
    @FunctionalInterface
    public interface Counter {
        void count(Handle transaction, List<TokenRecord> records);
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
        return page(
                database.withHandle(handle -> RecordSearch.find(handle, query, query.limit() + 1, timeout, unreadable)),
                query);
    }

    /**
     * A page of the records that match a query, as far as they can be found within a budget. If the budget ends first, the page says how far
     * the search got, and its cursor continues there: no record is found twice, none is lost.
     *
     * @param budget the time after which the search stops. It takes longer if it must to make any progress
     */
    public RecordPage search(RecordQuery query, Duration budget) {
        RecordSearch.Found found = database.withHandle(
                handle -> RecordSearch.findWithin(handle, query, query.limit() + 1, budget, unreadable));
        if (found.searchedTo() == null || found.records().size() > query.limit()) {
            return page(found.records(), query);
        }
        return new RecordPage(found.records(), new RecordCursor(found.searchedTo(), 0), found.searchedTo());
    }

    private static RecordPage page(List<TokenRecord> found, RecordQuery query) {
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
        OptionalLong next = accountAfter(Long.MIN_VALUE);
        while (next.isPresent()) {
            accounts.add(next.getAsLong());
            next = accountAfter(next.getAsLong());
        }
        return accounts;
    }

    private OptionalLong accountAfter(long account) {
        return database.withHandle(handle -> Stream.concat(
                        BlockTable.accountAfter(handle, account).stream(),
                        RecordTable.accountAfter(handle, account).stream())
                .mapToLong(Long::longValue)
                .min());
    }

    /** Writes and counts records, in one transaction. */
    void write(List<TokenRecord> records) {
        List<RecordBlock> blocks = RecordBlock.pack(records);
        database.inTransaction(handle -> {
            BlockTable.insert(handle, blocks);
            counter.count(handle, records);
            return records.size();
        });
    }

    /** Whether an account still exists. */
    boolean isAccount(long account) {
        return database.withHandle(handle -> RecordTable.isAccount(handle, account));
    }

    /**
     * Deletes some records before a time, in a small transaction.
     *
     * @param some the smallest number to delete, unless there are fewer
     * @return the number of deleted records; 0 if there are no more
     */
    int deleteSomeBefore(long account, Environment environment, Instant end, int some) {
        int rows =
                database.inTransaction(handle -> RecordTable.deleteSomeBefore(handle, account, environment, end, some));
        return rows > 0
                ? rows
                : database.inTransaction(
                        handle -> blockDeletion.deleteSomeBefore(handle, account, environment, end, some));
    }
}
