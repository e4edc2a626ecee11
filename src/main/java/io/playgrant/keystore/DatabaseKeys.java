package io.playgrant.keystore;

import io.playgrant.audit.Audit;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKeys.Created;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.storage.Database;
import io.playgrant.storage.Revisions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The stored keys in the database. Times have microseconds; {@code kekId}, {@code info} and {@code contentId} may have 1,024 characters.
 */
public final class DatabaseKeys implements StoredKeys {

    /** After this many keys were created together, the statistics of the database are updated. */
    private static final long MANY = 1_000;

    private final Database database;
    private final @Nullable Audit audit;
    private final AtomicLong madeTogether = new AtomicLong();
    private final AtomicLong untilAnalysis = new AtomicLong(MANY);
    private final List<Consumer<KeyChange>> listeners = new CopyOnWriteArrayList<>();

    /** The keys of a database. */
    public DatabaseKeys(Database database) {
        this.database = database;
        this.audit = null;
    }

    /** The same keys, with an audit row for each change through the returned object. */
    public DatabaseKeys(Database database, Audit audit) {
        this.database = database;
        this.audit = audit;
    }

    @Override
    public Created create(Owner owner, StoredKey key) {
        return createAll(owner, List.of(key)).get(0);
    }

    @Override
    public List<Created> createAll(Owner owner, List<StoredKey> keys) {
        List<StoredKey> offered = keys.stream().map(DatabaseKeys::asKept).toList();
        List<Created> created = database.inTransaction(handle -> {
            List<Created> all = createAll(handle, owner, offered);
            all.stream()
                    .filter(Created::isNew)
                    .forEach(one -> audit(handle, "key create", owner, one.key().kid()));
            return all;
        });
        announce(owner, created);
        return created;
    }

    /** The existing keys among these ids, as a transaction sees them. */
    public static Map<KeyId, StoredKey> findWithin(Handle transaction, Owner owner, Collection<KeyId> kids) {
        return KeyTable.findAll(transaction, owner, kids);
    }

    /** Updates the statistics whenever the number of keys has doubled. Otherwise counting a million keys takes eight seconds for a minute. */
    private void analyzeWhenGrown(long more) {
        long limit = untilAnalysis.get();
        if (madeTogether.addAndGet(more) >= limit && untilAnalysis.compareAndSet(limit, 2 * limit)) {
            KeyTable.analyze(database);
        }
    }

    /**
     * Stores keys as {@link #createAll(Owner, List)}, in a transaction of the caller, who {@linkplain #announce announces} them after it.
     * Call it last in its transaction.
     */
    public List<Created> createWithin(Handle transaction, Owner owner, List<StoredKey> keys) {
        return createAll(
                transaction, owner, keys.stream().map(DatabaseKeys::asKept).toList());
    }

    /** Tells the caches of this process that keys were created. */
    public void announce(Owner owner, List<Created> created) {
        changes(owner, created).forEach(this::tell);
        if (created.size() > 1) {
            analyzeWhenGrown(created.stream().filter(Created::isNew).count());
        }
    }

    private static Stream<KeyChange> changes(Owner owner, List<Created> created) {
        return created.stream()
                .filter(Created::isNew)
                .flatMap(one -> KeyChange.of(new OwnedKeyId(owner, one.key().kid()), one.key()).stream());
    }

    private static List<Created> createAll(Handle transaction, Owner owner, List<StoredKey> keys) {
        Map<Integer, Created> created = new HashMap<>();
        // In a fixed order, so that two transactions that create the same keys never deadlock.
        List<Integer> left = IntStream.range(0, keys.size())
                .boxed()
                .sorted(Comparator.comparing(i -> keys.get(i).kid().toString()))
                .toList();
        // An existing key may be deleted before it is read; then the next round creates the new one.
        while (!left.isEmpty()) {
            created.putAll(createSome(transaction, owner, keys, left));
            left = left.stream().filter(i -> !created.containsKey(i)).toList();
        }
        List<Created> all =
                IntStream.range(0, keys.size()).mapToObj(created::get).toList();
        KeyChanges.note(transaction, KeyChange.ofContents(changes(owner, all)));
        return all;
    }

    private static Map<Integer, Created> createSome(
            Handle transaction, Owner owner, List<StoredKey> keys, List<Integer> some) {
        Map<Integer, Created> created = new HashMap<>();
        List<KeyId> taken = new ArrayList<>();
        int[] rows =
                KeyTable.insert(transaction, owner, some.stream().map(keys::get).toList());
        for (int i = 0; i < rows.length; i++) {
            StoredKey key = keys.get(some.get(i));
            if (rows[i] == 1) {
                created.put(some.get(i), new Created(key, true));
            } else {
                taken.add(key.kid());
            }
        }
        Map<KeyId, StoredKey> present = KeyTable.findAll(transaction, owner, taken);
        for (int i : some) {
            StoredKey there = present.get(keys.get(i).kid());
            if (there != null) {
                created.putIfAbsent(i, new Created(there, false));
            }
        }
        return created;
    }

    @Override
    public Optional<StoredKey> update(Owner owner, KeyId kid, UnaryOperator<StoredKey> change) {
        List<KeyChange> changes = new ArrayList<>();
        Optional<StoredKey> updated = database.inTransaction(handle -> KeyTable.lock(handle, owner, kid)
                .map(key -> {
                    StoredKey changed = asKept(change.apply(key));
                    if (!changed.kid().equals(kid)) {
                        throw new IllegalArgumentException("the id of a key cannot change");
                    }
                    KeyTable.update(handle, owner, changed);
                    audit(handle, "key set", owner, kid);
                    changes.clear(); // a transaction may be tried again
                    changes.addAll(KeyChange.of(new OwnedKeyId(owner, kid), key, changed));
                    KeyChanges.note(handle, changes);
                    return changed;
                }));
        changes.forEach(this::tell);
        return updated;
    }

    @Override
    public boolean delete(Owner owner, KeyId kid) {
        return delete(owner, kid, key -> {});
    }

    /**
     * Deletes a key as {@link #delete(Owner, KeyId)}.
     *
     * @param check looks at the key, which is locked; if it throws, the key is not deleted
     */
    public boolean delete(Owner owner, KeyId kid, Consumer<StoredKey> check) {
        List<KeyChange> changes = database.inTransaction(handle -> {
            Optional<StoredKey> key = KeyTable.lock(handle, owner, kid);
            if (key.isEmpty()) {
                return List.of();
            }
            check.accept(key.get());
            KeyTable.delete(handle, owner, kid);
            audit(handle, "key delete", owner, kid);
            List<KeyChange> noted = KeyChange.of(new OwnedKeyId(owner, kid), key.get());
            KeyChanges.note(handle, noted);
            return noted;
        });
        changes.forEach(this::tell);
        return !changes.isEmpty();
    }

    @Override
    public Optional<StoredKey> find(Owner owner, KeyId kid) {
        return database.withHandle(handle -> KeyTable.find(handle, owner, kid));
    }

    @Override
    public Map<KeyId, StoredKey> findAll(Owner owner, Collection<KeyId> kids) {
        return database.withHandle(handle -> KeyTable.findAll(handle, owner, kids));
    }

    @Override
    public List<StoredKey> page(Owner owner, @Nullable KeyId after, int limit) {
        return database.withHandle(handle -> KeyTable.page(handle, owner, after, limit));
    }

    @Override
    public long count(Owner owner) {
        return database.withHandle(handle -> KeyTable.count(handle, owner));
    }

    /** The ids of the storage ring's keys that wrap stored keys. */
    public List<String> holders() {
        return database.withHandle(KeyTable::holders);
    }

    /** The number of stored keys that a key of the storage ring wraps. */
    public long countHeldBy(String ringKeyId) {
        return database.withHandle(handle -> KeyTable.countHeldBy(handle, ringKeyId));
    }

    /** The revision of the last change or deletion by any process. */
    long revision() {
        return database.withHandle(Revisions.STORED_KEYS::last);
    }

    /** The keys of content that the service holds and that have not expired, in the order of their ids. */
    public List<StoredKey> currentOf(Owner owner, String contentId, Instant now, int limit) {
        return currentOf(ContentDigest.of(owner, contentId), now, limit);
    }

    List<StoredKey> currentOf(ContentDigest content, Instant now, int limit) {
        return database.withHandle(handle -> KeyTable.currentOf(handle, content, now, limit));
    }

    /** The changes after a revision, which must not be older than {@link KeyChanges#KEPT}. */
    List<KeyChange> changedSince(long revision) {
        return database.withHandle(handle -> KeyChanges.since(handle, revision));
    }

    /** Registers a listener for each key that is created, changed or deleted through this object. */
    void addListener(Consumer<KeyChange> listener) {
        listeners.add(listener);
    }

    void removeListener(Consumer<KeyChange> listener) {
        listeners.remove(listener);
    }

    private void audit(Handle transaction, String action, Owner owner, KeyId kid) {
        if (audit != null) {
            String details = "environment=" + owner.environment().label() + " kid=" + kid;
            audit.add(transaction, action, owner.account(), details);
        }
    }

    private void tell(KeyChange change) {
        listeners.forEach(listener -> listener.accept(change));
    }

    /** Databases store microseconds, and some would round. */
    private static StoredKey asKept(StoredKey key) {
        return new StoredKey(
                key.kid(),
                key.ek(),
                key.kekId(),
                key.info(),
                key.contentId(),
                key.expiration() == null ? null : toMicros(key.expiration()),
                toMicros(key.lastUpdate()),
                key.heldBy(),
                key.trackType());
    }

    private static Instant toMicros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
