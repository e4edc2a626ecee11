package io.playgrant.account;

import io.playgrant.storage.Database;
import io.playgrant.storage.DatabaseBulkhead;
import io.playgrant.storage.Revisions;
import io.playgrant.storage.StorageException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credits of accounts in the database. Nodes take credits in blocks, before they issue tokens for them: however a node ends, it never
 * issues more tokens than there were credits.
 */
public final class Credits {

    private static final Logger LOG = LoggerFactory.getLogger(Credits.class);

    /** More than anybody needs, and far below the limit of a long. */
    public static final long MOST = 1_000_000_000_000L;

    /** The most credits of an account that are lost if a node is killed. */
    static final long LARGEST_BLOCK = 500;

    /** A block is a twentieth of the balance, so that nodes share the last credits. */
    private static final int SHARE = 20;

    private final Database database;
    private final DatabaseBulkhead takeBulkhead;

    /** One call at a time. When the database hangs, a caller that returns many blocks waits only for the first one. */
    private final DatabaseBulkhead returnBulkhead = new DatabaseBulkhead(1);

    /** The credits in a database. */
    public Credits(Database database) {
        this(database, new DatabaseBulkhead());
    }

    Credits(Database database, DatabaseBulkhead takeBulkhead) {
        this.database = database;
        this.takeBulkhead = takeBulkhead;
    }

    /**
     * The balances of enabled accounts that have a limit, by account number.
     *
     * @param most the largest number of accounts: those with the fewest credits
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public Map<Long, Long> fewest(int most) {
        return database.withHandle(handle -> handle.createQuery("""
                        select c.account, c.balance
                          from credit c join account a on a.number = c.account
                         where a.enabled
                         order by c.balance, c.account
                         limit :most
                        """)
                .bind("most", most)
                .reduceRows(new TreeMap<Long, Long>(), (all, row) -> {
                    all.put(row.getColumn("account", Long.class), row.getColumn("balance", Long.class));
                    return all;
                }));
    }

    /** Whether the database answers. */
    boolean areReachable() {
        try {
            returnBulkhead.call(() -> database.withHandle(handle -> handle.execute("select 1")));
            return true;
        } catch (StorageException e) {
            return false;
        }
    }

    /**
     * Credits that were taken in advance.
     *
     * @param size the number of credits; 0 if none is left
     * @param epoch changes whenever the operator sets the credits, so that credits taken before cannot be returned
     */
    record Taken(long size, long epoch) {

        static final Taken NOTHING = new Taken(0, 0);
    }

    /**
     * Returns the unused credits of a block, and takes another block. If the caller gives up before that, the new block is returned as well.
     *
     * @return empty if the account has no limit, or no longer exists
     * @throws io.playgrant.storage.StorageException if the database is unreachable; then it is unknown whether the credits were returned
     */
    Optional<Taken> take(long account, Taken unused) {
        return takeBulkhead.call(
                () -> database.inTransaction(handle -> {
                    returnCredits(handle, account, unused);
                    return lock(handle, account).map(left -> take(handle, account, left));
                }),
                late -> late.ifPresent(taken -> returnLate(account, taken)));
    }

    private static Taken take(Handle transaction, long account, Taken left) {
        long size = Math.min(LARGEST_BLOCK, (left.size() + SHARE - 1) / SHARE);
        if (size > 0) {
            change(transaction, account, -size);
        }
        return new Taken(size, left.epoch());
    }

    private void returnLate(long account, Taken taken) {
        try {
            database.inTransaction(handle -> returnCredits(handle, account, taken));
        } catch (StorageException e) {
            LOG.error("{} credits of account {} may be lost. {}", taken.size(), account, e.getMessage());
        }
    }

    /** Takes credits after a {@link #lock} in the same transaction. */
    static void take(Handle transaction, long account, long credits) {
        change(transaction, account, -credits);
    }

    /**
     * Returns the unused credits of a block.
     *
     * @throws io.playgrant.storage.StorageException if the database is unreachable; then it is unknown whether they were returned
     */
    void returnCredits(long account, Taken unused) {
        returnBulkhead.call(() -> database.inTransaction(handle -> returnCredits(handle, account, unused)));
    }

    private static int returnCredits(Handle transaction, long account, Taken unused) {
        return unused.size() == 0
                ? 0
                : transaction
                        .createUpdate(
                                "update credit set balance = balance + :size where account = :account and epoch = :epoch")
                        .bind("size", unused.size())
                        .bind("account", account)
                        .bind("epoch", unused.epoch())
                        .execute();
    }

    static void set(Handle transaction, long account, Limit limit) {
        Optional<Taken> before = lock(transaction, account);
        if (limit.most() == null) {
            transaction.execute("delete from credit where account = ?", account);
            return;
        }
        transaction
                .createUpdate(
                        before.isPresent()
                                ? "update credit set balance = :balance, epoch = :epoch where account = :account"
                                : "insert into credit (account, balance, epoch) values (:account, :balance, :epoch)")
                .bind("account", account)
                .bind("balance", limit.most())
                .bind("epoch", Revisions.ACCOUNTS.last(transaction))
                .execute();
    }

    static void add(Handle transaction, long account, long more) {
        Taken before = lock(transaction, account)
                .orElseThrow(
                        () -> new AccountException("Account " + account + " has no limit to raise; set its credits"));
        if (before.size() + more > MOST) {
            throw new AccountException("An account has at most " + MOST + " credits");
        }
        change(transaction, account, more);
    }

    /** The balance of an account, locked until the transaction ends. Empty if the account has no limit, or no longer exists. */
    static Optional<Taken> lock(Handle transaction, long account) {
        return transaction
                .createQuery("select balance, epoch from credit where account = :account for update")
                .bind("account", account)
                .map((rows, context) -> new Taken(rows.getLong("balance"), rows.getLong("epoch")))
                .findOne();
    }

    private static void change(Handle transaction, long account, long difference) {
        transaction
                .createUpdate("update credit set balance = balance + :difference where account = :account")
                .bind("difference", difference)
                .bind("account", account)
                .execute();
    }
}
