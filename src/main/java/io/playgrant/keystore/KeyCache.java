package io.playgrant.keystore;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.storage.ChangePoller;
import io.playgrant.storage.ReadThroughCache;
import io.playgrant.time.Schedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The cache from which token requests read stored keys. It drops a key at once if this process changes it, and within about a second if
 * another process does. While it cannot read the changes, it serves its entries for a limited time only.
 */
public final class KeyCache implements KeyLookup, AutoCloseable {

    private static final int MOST_KEYS = 100_000;

    /** As long as changes take to become visible, because new keys are not in the change log. */
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(1);

    /** After this time without a poll, the change log may be incomplete. */
    private static final Duration BLIND_FOR = KeyChanges.KEPT.dividedBy(2);

    private final DatabaseKeys keys;
    private final Clock clock;
    private final ReadThroughCache<OwnedKeyId, Found> known;
    private final Consumer<OwnedKeyId> forgetting;
    private final ChangePoller poller;
    private Instant lookedAt;
    private long revision;

    /**
     * A cache that follows the database until it is closed.
     *
     * @param away how long keys in memory are used while the database is unreachable
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public KeyCache(DatabaseKeys keys, Clock clock, Duration away, Schedule schedule) {
        this(keys, clock, away, schedule, System::nanoTime);
    }

    KeyCache(DatabaseKeys keys, Clock clock, Duration away, Schedule schedule, LongSupplier nanoTime) {
        this.keys = keys;
        this.clock = clock;
        this.known = new ReadThroughCache<>(MOST_KEYS, UNKNOWN_FOR, this::read);
        this.forgetting = known::forget;
        this.lookedAt = clock.instant();
        this.revision = keys.revision();
        keys.addListener(forgetting);
        this.poller = new ChangePoller("stored keys", this::poll, away, schedule, nanoTime);
    }

    @Override
    public Optional<Found> find(long account, Environment environment, KeyId kid) {
        poller.requireUpToDate();
        return known.get(new OwnedKeyId(new Owner(account, environment), kid));
    }

    private Optional<Found> read(OwnedKeyId id) {
        return keys.find(id.owner(), id.kid()).map(key -> new Found(key.ek(), key.expiration()));
    }

    private void poll() {
        Instant now = clock.instant();
        long current = keys.revision();
        if (current < revision || lookedAt.plus(BLIND_FOR).isBefore(now)) {
            known.forgetAll();
        } else if (current > revision) {
            keys.changedSince(revision).forEach(forgetting);
        }
        revision = current;
        lookedAt = now;
    }

    @Override
    public void close() {
        keys.removeListener(forgetting);
        poller.close();
    }
}
