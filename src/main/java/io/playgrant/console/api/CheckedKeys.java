package io.playgrant.console.api;

import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKey;
import io.playgrant.keystore.StoredKeys;
import io.playgrant.keystore.StoredKeys.Created;
import io.playgrant.keystore.StoredKeys.Owner;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Stored keys that are looked at before they change, while they are locked.
 *
 * @param keys the keys
 * @param check throws if a key must not change
 */
record CheckedKeys(StoredKeys keys, Consumer<StoredKey> check) implements StoredKeys {

    @Override
    public Optional<StoredKey> update(Owner owner, KeyId kid, UnaryOperator<StoredKey> change) {
        return keys.update(owner, kid, key -> {
            check.accept(key);
            return change.apply(key);
        });
    }

    @Override
    public Created create(Owner owner, StoredKey key) {
        return keys.create(owner, key);
    }

    @Override
    public List<Created> createAll(Owner owner, List<StoredKey> some) {
        return keys.createAll(owner, some);
    }

    @Override
    public boolean delete(Owner owner, KeyId kid) {
        return keys.delete(owner, kid);
    }

    @Override
    public Optional<StoredKey> find(Owner owner, KeyId kid) {
        return keys.find(owner, kid);
    }

    @Override
    public Map<KeyId, StoredKey> findAll(Owner owner, Collection<KeyId> kids) {
        return keys.findAll(owner, kids);
    }

    @Override
    public List<StoredKey> page(Owner owner, @Nullable KeyId after, int limit) {
        return keys.page(owner, after, limit);
    }

    @Override
    public long count(Owner owner) {
        return keys.count(owner);
    }
}
