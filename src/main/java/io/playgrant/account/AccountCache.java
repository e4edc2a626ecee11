package io.playgrant.account;

import io.playgrant.storage.ChangePoller;
import io.playgrant.storage.ReadThroughCache;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Schedule;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Accounts as requests see them: from memory. What changes in the database is dropped from here within a second or so; while changes cannot
 * be seen, what is here is used for a limited time only.
 */
public final class AccountCache implements AutoCloseable {

    private static final int MOST_ACCOUNTS = 10_000;

    /** Long enough to keep a flood of wrong numbers from the database. */
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(5);

    private final Accounts accounts;
    private final ReadThroughCache<Long, Account> known;
    private final ChangePoller follower;
    private long revision;

    /**
     * A cache that follows the database until it is closed.
     *
     * @param away how long accounts in memory are used while the database is away
     * @throws StorageException if the database is out of reach
     */
    public AccountCache(Accounts accounts, Duration away, Schedule schedule) {
        this(accounts, away, schedule, System::nanoTime);
    }

    AccountCache(Accounts accounts, Duration away, Schedule schedule, LongSupplier nanoTime) {
        this.accounts = accounts;
        this.known = new ReadThroughCache<>(MOST_ACCOUNTS, UNKNOWN_FOR, accounts::find);
        this.revision = accounts.revision();
        this.follower = new ChangePoller("accounts", this::look, away, schedule, nanoTime);
    }

    /**
     * The account of a number.
     *
     * @throws StorageException if it must be asked for and the database is out of reach, or the database has been away for too long
     */
    Optional<Account> find(long number) {
        follower.requireFollowed();
        return known.get(number);
    }

    private void look() {
        long current = accounts.revision();
        if (current != revision) {
            accounts.changedSince(revision).forEach(known::forget);
            revision = current;
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
