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
 * Stored keys as requests for tokens see them: from memory. What this process changes is seen at once, what others change within a
 * second or so; while changes cannot be seen, what is here is used for a limited time only.
 */
public final class KeyCache implements KeyLookup, AutoCloseable {

    private static final int MOST_KEYS = 100_000;

    /** No longer than changes take to be seen: others do not tell of new keys. */
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(1);

    /** After that long without a look at the changes, some may not be told any more. */
    private static final Duration BLIND_FOR = KeyChanges.KEPT.dividedBy(2);

    private final DatabaseKeys keys;
    private final Clock clock;
    private final ReadThroughCache<OwnedKeyId, Found> known;
    private final Consumer<OwnedKeyId> forgetting;
    private final ChangePoller follower;
    private Instant lookedAt;
    private long revision;

    /**
     * A cache that follows the database until it is closed.
     *
     * @param away how long keys in memory are used while the database is away
     * @throws io.playgrant.storage.StorageException if the database is out of reach
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
        this.follower = new ChangePoller("stored keys", this::look, away, schedule, nanoTime);
    }

    @Override
    public Optional<Found> find(long account, Environment environment, KeyId kid) {
        follower.requireFollowed();
        return known.get(new OwnedKeyId(new Owner(account, environment), kid));
    }

    private Optional<Found> read(OwnedKeyId id) {
        return keys.find(id.owner(), id.kid()).map(key -> new Found(key.ek(), key.expiration()));
    }

    private void look() {
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
        follower.close();
    }
}
