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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The cache from which token requests read stored keys. It drops a key at once if this process changes it, and within about a second if
 * another process does. While it cannot read the changes, it serves its entries for a limited time only.
 */
public final class KeyCache implements KeyLookup, AutoCloseable {

    private static final int MOST_KEYS = 100_000;
    private static final int MOST_CONTENTS = 10_000;

    /** As long as changes take to become visible, because new keys are not in the change log. */
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(1);

    /** After this time without a poll, the change log may be incomplete. */
    private static final Duration BLIND_FOR = KeyChanges.KEPT.dividedBy(2);

    private final DatabaseKeys keys;
    private final Clock clock;
    private final Predicate<String> canOpen;
    private final ReadThroughCache<OwnedKeyId, Found> known;
    private final ReadThroughCache<ContentDigest, List<OfContent>> contents;
    private final Consumer<KeyChange> forgetting;
    private final ChangePoller poller;
    private Instant lookedAt;
    private long revision;

    /**
     * A cache that follows the database until it is closed.
     *
     * @param away how long keys in memory are used while the database is unreachable
     * @param canOpen whether the storage ring has a key. When held keys have been wrapped anew and the old key was retired, keys in memory
     *     are outdated
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public KeyCache(DatabaseKeys keys, Clock clock, Duration away, Predicate<String> canOpen, Schedule schedule) {
        this(keys, clock, away, canOpen, schedule, System::nanoTime);
    }

    KeyCache(
            DatabaseKeys keys,
            Clock clock,
            Duration away,
            Predicate<String> canOpen,
            Schedule schedule,
            LongSupplier nanoTime) {
        this.keys = keys;
        this.clock = clock;
        this.canOpen = canOpen;
        this.known = new ReadThroughCache<>(MOST_KEYS, UNKNOWN_FOR, this::read);
        this.contents = new ReadThroughCache<>(MOST_CONTENTS, UNKNOWN_FOR, this::readContent);
        this.forgetting = this::forget;
        this.lookedAt = clock.instant();
        this.revision = keys.revision();
        keys.addListener(forgetting);
        this.poller = new ChangePoller("stored keys", this::poll, away, schedule, nanoTime);
    }

    @Override
    public Optional<Found> find(long account, Environment environment, KeyId kid) {
        poller.requireUpToDate();
        OwnedKeyId id = new OwnedKeyId(new Owner(account, environment), kid);
        Optional<Found> found = known.get(id);
        if (found.isPresent() && isOutdated(found.get())) {
            known.forget(id);
            return known.get(id);
        }
        return found;
    }

    @Override
    public List<OfContent> current(long account, Environment environment, String contentId) {
        poller.requireUpToDate();
        ContentDigest content = ContentDigest.of(new Owner(account, environment), contentId);
        List<OfContent> read = contents.get(content).orElse(List.of());
        Instant now = clock.instant();
        boolean allCurrent = read.stream().noneMatch(one -> one.key().isExpired(now));
        if (read.stream().anyMatch(one -> isOutdated(one.key())) || (!allCurrent && read.size() == MOST_OF_CONTENT)) {
            // In the second case, others may follow the expired ones.
            contents.forget(content);
            read = contents.get(content).orElse(List.of());
        }
        return allCurrent
                ? read
                : read.stream().filter(one -> !one.key().isExpired(now)).toList();
    }

    private boolean isOutdated(Found key) {
        String heldBy = key.heldBy();
        return heldBy != null && !canOpen.test(heldBy);
    }

    private Optional<Found> read(OwnedKeyId id) {
        return keys.find(id.owner(), id.kid()).map(Found::of);
    }

    private Optional<List<OfContent>> readContent(ContentDigest content) {
        List<OfContent> read = keys.currentOf(content, clock.instant(), MOST_OF_CONTENT).stream()
                .map(key -> new OfContent(key.kid(), Found.of(key)))
                .toList();
        return read.isEmpty() ? Optional.empty() : Optional.of(read);
    }

    private void forget(KeyChange change) {
        known.forget(change.key());
        ContentDigest content = change.content();
        if (content != null) {
            contents.forget(content);
        }
    }

    private void poll() {
        Instant now = clock.instant();
        long current = keys.revision();
        if (current < revision || lookedAt.plus(BLIND_FOR).isBefore(now)) {
            known.forgetAll();
            contents.forgetAll();
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
