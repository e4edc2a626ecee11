package io.playgrant.keystore;

import io.playgrant.contentkey.KeyId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stored keys without a database, for tests of what stands before it. */
public final class MemoryKeys implements StoredKeys {

    private final Map<Owner, Map<KeyId, StoredKey>> owners = new HashMap<>();

    @Override
    public synchronized Created create(Owner owner, StoredKey key) {
        StoredKey there = keys(owner).putIfAbsent(key.kid(), key);
        return new Created(there == null ? key : there, there == null);
    }

    @Override
    public synchronized List<Created> createAll(Owner owner, List<StoredKey> keys) {
        return keys.stream().map(key -> create(owner, key)).toList();
    }

    @Override
    public synchronized Optional<StoredKey> update(Owner owner, KeyId kid, UnaryOperator<StoredKey> change) {
        return Optional.ofNullable(keys(owner).computeIfPresent(kid, (id, key) -> change.apply(key)));
    }

    @Override
    public synchronized boolean delete(Owner owner, KeyId kid) {
        return keys(owner).remove(kid) != null;
    }

    @Override
    public synchronized Optional<StoredKey> find(Owner owner, KeyId kid) {
        return Optional.ofNullable(keys(owner).get(kid));
    }

    @Override
    public synchronized Map<KeyId, StoredKey> findAll(Owner owner, Collection<KeyId> kids) {
        Map<KeyId, StoredKey> found = new HashMap<>(keys(owner));
        found.keySet().retainAll(kids);
        return found;
    }

    @Override
    public synchronized List<StoredKey> page(Owner owner, @Nullable KeyId after, int limit) {
        return new ArrayList<>(keys(owner).values())
                .stream()
                        .sorted(Comparator.comparing(key -> key.kid().toString()))
                        .filter(key -> after == null || key.kid().toString().compareTo(after.toString()) > 0)
                        .limit(limit)
                        .toList();
    }

    @Override
    public synchronized long count(Owner owner) {
        return keys(owner).size();
    }

    private Map<KeyId, StoredKey> keys(Owner owner) {
        return owners.computeIfAbsent(owner, o -> new HashMap<>());
    }
}
