package io.playgrant.keystore.packaging;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.KeyLookup;
import io.playgrant.keystore.KeyLookup.Found;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.keystore.held.HeldKeys;
import io.playgrant.keystore.packaging.PackagingException.Reason;
import io.playgrant.packager.PackagerKey;
import io.playgrant.storage.DatabaseBulkhead;
import io.playgrant.storage.StorageException;
import io.playgrant.storage.StorageRetry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The keys of packagers. The same identity always gets the same key, however many servers are asked for it at the same time.
 *
 * <p>Keys that were asked for before are answered from memory, where they are wrapped; they are opened for each caller, who wipes them.
 * While the database is unreachable, keys in memory are served, and calls for others are repeated until the deadline of the caller.
 */
public final class PackagerKeys {

    private static final int MOST_IN_MEMORY = 100_000;
    private static final int CONCURRENT_CALLS = 8;

    private final KeyDrawing drawing;
    private final KeyLookup lookup;
    private final HeldKeys held;
    private final Clock clock;
    private final DatabaseBulkhead database = new DatabaseBulkhead(CONCURRENT_CALLS);

    /** Never changes while the key exists. */
    private final Cache<Owned<KeyIdentity>, KeyId> kids =
            Caffeine.newBuilder().maximumSize(MOST_IN_MEMORY).build();

    private final Cache<Owned<KeyId>, Known> known =
            Caffeine.newBuilder().maximumSize(MOST_IN_MEMORY).build();

    /**
     * Keys in a database.
     *
     * @param drawing finds and draws keys in the database
     * @param lookup looks stored keys up, mostly in memory, and forgets those that change
     * @param held opens keys
     */
    public PackagerKeys(KeyDrawing drawing, KeyLookup lookup, HeldKeys held, Clock clock) {
        this.drawing = drawing;
        this.lookup = lookup;
        this.held = held;
        this.clock = clock;
    }

    private record Owned<T>(Owner owner, T id) {}

    /**
     * A key in memory.
     *
     * @param found what the lookup returned before the key was read: while it returns the same object, the key has not changed
     */
    private record Known(Found found, DescribedKey key) {}

    /**
     * The keys of identities, in their order. Those that do not exist are drawn, all of them in one transaction.
     *
     * @param identities what one content needs
     * @throws PackagingException if a key cannot be had; then none was drawn
     * @throws StorageException if a key is not in memory and the database is unreachable
     */
    public List<PackagerKey> obtain(Owner owner, List<KeyIdentity> identities, StorageRetry retry) {
        return retry.call(() -> inMemory(owner, identities).orElseGet(() -> draw(owner, identities)));
    }

    private Optional<List<PackagerKey>> inMemory(Owner owner, List<KeyIdentity> identities) {
        List<KeyId> found = new ArrayList<>(identities.size());
        for (KeyIdentity identity : identities) {
            KeyId kid = kids.getIfPresent(new Owned<>(owner, identity));
            if (kid == null) {
                return Optional.empty();
            }
            found.add(kid);
        }
        return describeAll(owner, found).map(this::open);
    }

    private List<PackagerKey> draw(Owner owner, List<KeyIdentity> identities) {
        List<DescribedKey> drawn = database.call(() -> drawing.obtain(owner, identities));
        for (int i = 0; i < drawn.size(); i++) {
            kids.put(new Owned<>(owner, identities.get(i)), drawn.get(i).key().kid());
        }
        remember(owner, drawn);
        return open(drawn);
    }

    /**
     * The keys whose ids the packager chose, in their order. Those that do not exist are drawn, all of them in one transaction.
     *
     * @param requested keys with different ids
     * @throws PackagingException if a key cannot be had; then none was drawn
     * @throws StorageException if a key is not in memory and the database is unreachable
     */
    public List<PackagerKey> obtainByKid(
            Owner owner, String contentId, List<RequestedKey> requested, StorageRetry retry) {
        return retry.call(() -> inMemory(owner, contentId, requested).orElseGet(() -> {
            List<DescribedKey> drawn = database.call(() -> drawing.obtainByKid(owner, contentId, requested));
            remember(owner, drawn);
            return open(drawn);
        }));
    }

    /** Only what this process has seen before: looking up anything else is left to the transaction that may draw it. */
    private Optional<List<PackagerKey>> inMemory(Owner owner, String contentId, List<RequestedKey> requested) {
        List<KeyId> ids = requested.stream().map(RequestedKey::kid).toList();
        if (!ids.stream().allMatch(kid -> known.getIfPresent(new Owned<>(owner, kid)) != null)) {
            return Optional.empty();
        }
        return describeAll(owner, ids)
                .filter(keys ->
                        keys.stream().allMatch(key -> contentId.equals(key.key().contentId())))
                .map(this::open);
    }

    /**
     * A key, by its id. Nothing is drawn.
     *
     * @return empty if there is none, or if the service does not hold it
     * @throws PackagingException if it has expired
     * @throws StorageException if it is not in memory and the database is unreachable
     */
    public Optional<PackagerKey> find(Owner owner, KeyId kid) {
        return describe(owner, kid).map(key -> open(List.of(key)).get(0));
    }

    /**
     * The key of a content for a type of track, without crypto period and video feature. Nothing is drawn.
     *
     * @return empty if there is none
     * @throws PackagingException if it has expired
     * @throws StorageException if it is not in memory and the database is unreachable
     */
    public Optional<PackagerKey> find(Owner owner, String contentId, String type) {
        Owned<KeyIdentity> identity = new Owned<>(
                owner, new KeyIdentity(contentId.getBytes(StandardCharsets.UTF_8), type, "", OptionalLong.empty()));
        KeyId drawn = kids.getIfPresent(identity);
        if (drawn != null) {
            return find(owner, drawn);
        }
        Optional<KeyId> only = onlyKey(owner, contentId, type);
        if (only.isEmpty()) {
            only = database.call(() -> drawing.find(owner, identity.id()));
            only.ifPresent(kid -> kids.put(identity, kid));
        }
        return only.flatMap(kid -> find(owner, kid));
    }

    /** The only key of a content for a type of track, whoever made it; empty if there are several. */
    private Optional<KeyId> onlyKey(Owner owner, String contentId, String type) {
        Integer trackType = TrackTypes.of(type);
        List<KeyId> fitting = lookup.current(owner.account(), owner.environment(), contentId).stream()
                .filter(one -> trackType != null && trackType.equals(one.key().trackType()))
                .map(KeyLookup.OfContent::kid)
                .toList();
        return fitting.size() == 1
                ? describe(owner, fitting.get(0))
                        .filter(key -> key.period().isEmpty())
                        .map(key -> key.key().kid())
                : Optional.empty();
    }

    /**
     * Keys of a content that have not expired, in the order of their ids. Nothing is drawn.
     *
     * @param wanted their ids; all keys of the content if empty
     * @throws PackagingException if no id is given and the content has more keys than a document may have
     * @throws StorageException if the database is unreachable
     */
    public List<PackagerKey> current(Owner owner, String contentId, List<KeyId> wanted) {
        return open(database.call(() ->
                wanted.isEmpty() ? drawing.current(owner, contentId) : drawing.current(owner, contentId, wanted)));
    }

    /** Reads what was just drawn into memory, so that it is served while the database is away. */
    private void remember(Owner owner, List<DescribedKey> drawn) {
        try {
            drawn.forEach(key -> describe(owner, key.key().kid()));
        } catch (StorageException e) {
            // The next request reads it.
        }
    }

    /** Describes keys; empty if one of them does not exist any more. */
    private Optional<List<DescribedKey>> describeAll(Owner owner, List<KeyId> ids) {
        List<DescribedKey> all = new ArrayList<>(ids.size());
        for (KeyId kid : ids) {
            Optional<DescribedKey> key = describe(owner, kid);
            if (key.isEmpty()) {
                return Optional.empty();
            }
            all.add(key.get());
        }
        return Optional.of(all);
    }

    private Optional<DescribedKey> describe(Owner owner, KeyId kid) {
        Owned<KeyId> id = new Owned<>(owner, kid);
        Optional<Found> found = lookup.find(owner.account(), owner.environment(), kid);
        if (found.isEmpty()) {
            known.invalidate(id);
            return Optional.empty();
        }
        Known there = known.getIfPresent(id);
        if (there != null && isSame(there.found(), found.get())) {
            return Optional.of(there.key());
        }
        Optional<DescribedKey> read = database.call(() -> drawing.find(owner, kid));
        read.ifPresent(key -> known.put(id, new Known(found.get(), key)));
        return read;
    }

    @SuppressWarnings("ReferenceEquality") // another object means that the key was read again
    private static boolean isSame(Found known, Found found) {
        return known == found;
    }

    private List<PackagerKey> open(List<DescribedKey> keys) {
        if (keys.stream().anyMatch(key -> key.key().isExpired(clock.instant()))) {
            throw new PackagingException(Reason.EXPIRED, "The key has expired");
        }
        List<PackagerKey> opened = new ArrayList<>(keys.size());
        try {
            keys.forEach(key -> opened.add(open(key)));
            return opened;
        } catch (RuntimeException e) {
            opened.forEach(key -> key.key().wipe());
            throw e;
        }
    }

    private PackagerKey open(DescribedKey key) {
        return new PackagerKey(
                key.key().kid(),
                held.open(key.key().ek(), Objects.requireNonNull(key.key().heldBy())),
                Objects.requireNonNullElse(key.key().contentId(), ""),
                key.type(),
                key.period());
    }
}
