package io.playgrant.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.playgrant.storage.FewAtOnce;
import io.playgrant.storage.Poller;
import io.playgrant.storage.StorageException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts as requests see them: from memory. What changes in the database is dropped from here within a second or so.
 */
public final class AccountCache implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccountCache.class);
    private static final int MOST_ACCOUNTS = 10_000;

    /** Long enough to keep a flood of wrong numbers from the database. */
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(5);

    private final Accounts accounts;
    private final Cache<Long, Optional<Account>> known =
            Caffeine.newBuilder().maximumSize(MOST_ACCOUNTS).build();
    private final Cache<Long, Boolean> unknown = Caffeine.newBuilder()
            .maximumSize(MOST_ACCOUNTS)
            .expireAfterWrite(UNKNOWN_FOR)
            .build();
    private final FewAtOnce lookUps = new FewAtOnce();
    private final Poller poller;
    private long revision;
    private boolean failing;

    /**
     * A cache that follows the database until it is closed.
     *
     * @throws StorageException if the database is out of reach
     */
    public AccountCache(Accounts accounts) {
        this.accounts = accounts;
        this.revision = accounts.revision();
        this.poller = Poller.start("account-changes", this::poll);
    }

    /**
     * The account of a number.
     *
     * @throws StorageException if it must be asked for and the database is out of reach
     */
    Optional<Account> find(long number) {
        Optional<Account> cached = known.getIfPresent(number);
        if (cached != null) {
            return cached;
        }
        if (unknown.getIfPresent(number) != null) {
            return Optional.empty();
        }
        // Loading under the entry's lock makes an invalidation that comes meanwhile wait, and win.
        Optional<Account> loaded = lookUps.ask(() -> known.get(number, accounts::find));
        if (loaded.isEmpty()) {
            unknown.put(number, true);
            known.invalidate(number);
        }
        return loaded;
    }

    private void poll() {
        try {
            long current = accounts.revision();
            if (current != revision) {
                accounts.changedSince(revision).forEach(number -> {
                    unknown.invalidate(number);
                    known.invalidate(number);
                });
                revision = current;
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.error("Changes of accounts are not seen", e);
            }
            failing = true;
        }
    }

    @Override
    public void close() {
        poller.close();
    }
}
