package io.playgrant.account;

import io.playgrant.storage.ChangePoller;
import io.playgrant.storage.ReadThroughCache;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Schedule;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The cache from which requests read accounts. It drops accounts within about a second after they change in the database. While it cannot
 * read the changes, it serves its entries for a limited time only.
 */
public final class AccountCache implements AutoCloseable {

    private static final int MOST_ACCOUNTS = 10_000;

    /** Long enough that a flood of wrong numbers does not reach the database. */
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(5);

    private final Accounts accounts;
    private final ReadThroughCache<Long, Account> known;
    private final ChangePoller poller;
    private long revision;

    /**
     * A cache that follows the database until it is closed.
     *
     * @param away how long accounts in memory are used while the database is unreachable
     * @throws StorageException if the database is unreachable
     */
    public AccountCache(Accounts accounts, Duration away, Schedule schedule) {
        this(accounts, away, schedule, System::nanoTime);
    }

    AccountCache(Accounts accounts, Duration away, Schedule schedule, LongSupplier nanoTime) {
        this.accounts = accounts;
        this.known = new ReadThroughCache<>(MOST_ACCOUNTS, UNKNOWN_FOR, accounts::find);
        this.revision = accounts.revision();
        this.poller = new ChangePoller("accounts", this::poll, away, schedule, nanoTime);
    }

    /**
     * The account of a number.
     *
     * @throws StorageException if the account is not cached and the database is unreachable, or if the database has been unreachable for too
     *     long
     */
    Optional<Account> find(long number) {
        poller.requireUpToDate();
        return known.get(number);
    }

    private void poll() {
        long current = accounts.revision();
        if (current != revision) {
            accounts.changedSince(revision).forEach(known::forget);
            revision = current;
        }
    }

    @Override
    public void close() {
        poller.close();
    }
}
