package io.playgrant.keystore;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.playgrant.account.Environment;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.storage.FewAtOnce;
import io.playgrant.storage.Poller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stored keys as requests for tokens see them: from memory. What this process changes is seen at once, what others change within a
 * second or so. Expired keys are not handed out.
 */
public final class KeyCache implements KeyStorage, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyCache.class);
    private static final int MOST_KEYS = 100_000;
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    /** No longer than changes take to be seen: others do not tell of new keys. */
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(1);

    /** After that long without a look at the changes, some may not be told any more. */
    private static final Duration BLIND_FOR = KeyChanges.KEPT.dividedBy(2);

    private final DatabaseKeys keys;
    private final Clock clock;
    private final Cache<OwnedKeyId, Optional<WrappedKey>> known = Caffeine.newBuilder()
            .maximumSize(MOST_KEYS)
            .expireAfter(Expiry.creating(
                    (OwnedKeyId id, Optional<WrappedKey> key) -> key.isPresent() ? FOREVER : UNKNOWN_FOR))
            .build();
    private final Consumer<OwnedKeyId> forgetting = known::invalidate;
    private final FewAtOnce lookUps = new FewAtOnce();
    private final Poller poller;
    private Instant lookedAt;
    private long revision;
    private boolean failing;

    /** What of a stored key is kept here. */
    private record WrappedKey(EncryptedKey ek, @Nullable Instant expiration) {

        boolean isUsable(Instant now) {
            return expiration == null || now.isBefore(expiration);
        }
    }

    /**
     * A cache that follows the database until it is closed.
     *
     * @throws io.playgrant.storage.StorageException if the database is out of reach
     */
    public KeyCache(DatabaseKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
        this.lookedAt = clock.instant();
        this.revision = keys.revision();
        keys.addListener(forgetting);
        this.poller = Poller.start("key-changes", this::poll);
    }

    @Override
    public Optional<EncryptedKey> find(long account, Environment environment, KeyId kid) {
        OwnedKeyId id = new OwnedKeyId(new Owner(account, environment), kid);
        Optional<WrappedKey> key = known.getIfPresent(id);
        if (key == null) {
            // Loading under the entry's lock makes an invalidation that comes meanwhile wait, and win.
            key = lookUps.ask(() -> known.get(id, this::load));
        }
        return key.filter(found -> found.isUsable(clock.instant())).map(WrappedKey::ek);
    }

    private Optional<WrappedKey> load(OwnedKeyId id) {
        return keys.find(id.owner(), id.kid()).map(key -> new WrappedKey(key.ek(), key.expiration()));
    }

    private void poll() {
        try {
            Instant now = clock.instant();
            long current = keys.revision();
            if (current < revision || lookedAt.plus(BLIND_FOR).isBefore(now)) {
                known.invalidateAll();
            } else if (current > revision) {
                keys.changedSince(revision).forEach(forgetting);
            }
            revision = current;
            lookedAt = now;
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.error("Changes of stored keys are not seen", e);
            }
            failing = true;
        }
    }

    @Override
    public void close() {
        keys.removeListener(forgetting);
        poller.close();
    }
}
