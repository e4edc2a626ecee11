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
 * How many tokens accounts may still be given, as it stands in the database. Nodes take credits from it in blocks, before they give
 * tokens for them: however a node ends, no more tokens are given than there were credits.
 */
public final class Credits {

    private static final Logger LOG = LoggerFactory.getLogger(Credits.class);

    /** More than anybody needs, and far from what a number can hold. */
    public static final long MOST = 1_000_000_000_000L;

    /** The most that is lost with a node that is killed. */
    static final long LARGEST_BLOCK = 500;

    /** A block is a twentieth of what is left, so that nodes share the last credits. */
    private static final int SHARE = 20;

    private final Database database;
    private final DatabaseBulkhead takers;

    /** One at a time: whoever gives back much, one block after the other, waits once only for a database that hangs. */
    private final DatabaseBulkhead givers = new DatabaseBulkhead(1);

    /** The credits in a database. */
    public Credits(Database database) {
        this(database, new DatabaseBulkhead());
    }

    Credits(Database database, DatabaseBulkhead takers) {
        this.database = database;
        this.takers = takers;
    }

    /**
     * What is left to the accounts that have a limit and are enabled, by account number.
     *
     * @param most how many accounts at most: those with the fewest credits
     * @throws io.playgrant.storage.StorageException if the database is out of reach
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
            givers.ask(() -> database.withHandle(handle -> handle.execute("select 1")));
            return true;
        } catch (StorageException e) {
            return false;
        }
    }

    /**
     * Credits that were taken in advance.
     *
     * @param size how many; 0 if none is left
     * @param epoch grows whenever the number of credits is set anew, so that what was taken before is not given back
     */
    record Taken(long size, long epoch) {

        static final Taken NOTHING = new Taken(0, 0);
    }

    /**
     * Gives back what was not used of a block, and takes another one. If that takes longer than anybody waits for it, the new one is given
     * back as well.
     *
     * @return empty if the account has no limit, or is no more
     * @throws io.playgrant.storage.StorageException if the database is out of reach; whether anything was given back is not known then
     */
    Optional<Taken> take(long account, Taken unused) {
        return takers.ask(
                () -> database.inTransaction(handle -> {
                    giveBack(handle, account, unused);
                    return lock(handle, account).map(left -> take(handle, account, left));
                }),
                late -> late.ifPresent(taken -> giveBackLate(account, taken)));
    }

    private static Taken take(Handle transaction, long account, Taken left) {
        long size = Math.min(LARGEST_BLOCK, (left.size() + SHARE - 1) / SHARE);
        if (size > 0) {
            change(transaction, account, -size);
        }
        return new Taken(size, left.epoch());
    }

    private void giveBackLate(long account, Taken taken) {
        try {
            database.inTransaction(handle -> giveBack(handle, account, taken));
        } catch (StorageException e) {
            LOG.error("{} credits of account {} may be lost. {}", taken.size(), account, e.getMessage());
        }
    }

    /** Takes credits that a {@link #lock} in the same transaction has shown. */
    static void take(Handle transaction, long account, long credits) {
        change(transaction, account, -credits);
    }

    /**
     * Gives back what was not used of a block.
     *
     * @throws io.playgrant.storage.StorageException if the database is out of reach; whether it was given back is not known then
     */
    void giveBack(long account, Taken unused) {
        givers.ask(() -> database.inTransaction(handle -> giveBack(handle, account, unused)));
    }

    private static int giveBack(Handle transaction, long account, Taken unused) {
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
                .orElseThrow(() -> new AccountException(
                        "Account " + account + " has no limit that could be raised; set one with --credits"));
        if (before.size() + more > MOST) {
            throw new AccountException("An account has at most " + MOST + " credits");
        }
        change(transaction, account, more);
    }

    /** What the account has left, which nobody else changes until the transaction ends; empty if it has no limit, or is no more. */
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
