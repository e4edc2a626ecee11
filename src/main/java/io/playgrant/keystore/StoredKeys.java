package io.playgrant.keystore;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The stored keys of accounts, separately for each environment. Every method throws {@link io.playgrant.storage.StorageException} if the
 * storage is unreachable; then nothing is changed.
 */
public interface StoredKeys {

    /**
     * The owner of stored keys.
     *
     * @param account the account's number
     * @param environment one of its environments
     */
    record Owner(long account, Environment environment) {}

    /**
     * The result of a creation.
     *
     * @param key the stored key
     * @param isNew whether it is the given key; if not, another one existed and remains unchanged
     */
    record Created(StoredKey key, boolean isNew) {}

    /** Stores a key unless its id is taken, even if several callers do so at the same time. */
    Created create(Owner owner, StoredKey key);

    /** Stores many keys in one transaction, and leaves existing ones unchanged. Returns one result for each key, in order. */
    List<Created> createAll(Owner owner, List<StoredKey> keys);

    /** Changes a key, but not its id, under a lock. Returns the changed key, or empty if there is none. */
    Optional<StoredKey> update(Owner owner, KeyId kid, UnaryOperator<StoredKey> change);

    /** Deletes a key. Returns whether there was one. */
    boolean delete(Owner owner, KeyId kid);

    /** A key, expired or not. */
    Optional<StoredKey> find(Owner owner, KeyId kid);

    /** The existing keys among these ids. */
    Map<KeyId, StoredKey> findAll(Owner owner, Collection<KeyId> kids);

    /**
     * One page of all keys, in the order of their ids.
     *
     * @param after the last id of the previous page; null for the first page
     * @param limit the largest number of keys
     */
    List<StoredKey> page(Owner owner, @Nullable KeyId after, int limit);

    /** The number of keys. */
    long count(Owner owner);
}
