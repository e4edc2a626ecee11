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
 * The stored keys of accounts, each account's environments apart. Every method throws {@link io.playgrant.storage.StorageException} if
 * the storage is out of reach; nothing is changed then.
 */
public interface StoredKeys {

    /**
     * Whose keys.
     *
     * @param account the account's number
     * @param environment one of its environments
     */
    record Owner(long account, Environment environment) {}

    /**
     * What came of a creation.
     *
     * @param key the key that is stored now
     * @param isNew whether it is the one that was offered; if not, one was there before and stays as it was
     */
    record Created(StoredKey key, boolean isNew) {}

    /** Stores a key unless its id is taken, however many do so at once. */
    Created create(Owner owner, StoredKey key);

    /** Stores many keys, in one transaction; the ids that were taken are left as they were. Returns one result for each, in order. */
    List<Created> createAll(Owner owner, List<StoredKey> keys);

    /** Changes a key, whose id stays; nobody else changes it meanwhile. Returns it as it is now, or empty if there is none. */
    Optional<StoredKey> update(Owner owner, KeyId kid, UnaryOperator<StoredKey> change);

    /** Takes a key away; returns whether there was one. */
    boolean delete(Owner owner, KeyId kid);

    /** A key, expired or not. */
    Optional<StoredKey> find(Owner owner, KeyId kid);

    /** Those of some ids that are there. */
    Map<KeyId, StoredKey> findAll(Owner owner, Collection<KeyId> kids);

    /**
     * All keys in the order of their ids, a page of them.
     *
     * @param after the last id of the page before; null for the first page
     * @param limit how many there are at most
     */
    List<StoredKey> page(Owner owner, @Nullable KeyId after, int limit);

    /** How many keys there are. */
    long count(Owner owner);
}
