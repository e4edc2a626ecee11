package io.playgrant.keystore;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks up wrapped content keys by account, environment and key id, or content. */
@FunctionalInterface
public interface KeyLookup {

    /** More keys than a token can carry, so that a request learns that there are too many. */
    int MOST_OF_CONTENT = 17;

    /**
     * A stored key.
     *
     * @param ek the wrapped key, which must not be used if it has expired
     * @param expiration the time from which it is no longer used; null if it does not expire
     * @param heldBy the id of the storage ring's key that wraps it; null if a client's kek does
     * @param trackType the kind of track that a held key encrypts, as in tokens; null if unknown
     */
    record Found(
            EncryptedKey ek,
            @Nullable Instant expiration,
            @Nullable String heldBy,
            @Nullable Integer trackType) {

        /** A key that a client's kek wraps. */
        public Found(EncryptedKey ek, @Nullable Instant expiration) {
            this(ek, expiration, null, null);
        }

        static Found of(StoredKey key) {
            return new Found(key.ek(), key.expiration(), key.heldBy(), key.trackType());
        }

        /** Whether the key has expired. */
        public boolean isExpired(Instant now) {
            return expiration != null && !now.isBefore(expiration);
        }
    }

    /**
     * A held key of content.
     *
     * @param kid its id
     * @param key the key, which has not expired
     */
    record OfContent(KeyId kid, Found key) {}

    /**
     * The key stored under a key id, expired or not.
     *
     * @throws io.playgrant.storage.StorageException if the storage is unreachable
     */
    Optional<Found> find(long account, Environment environment, KeyId kid);

    /**
     * The held keys of content that have not expired, in the order of their ids: all of them, or the first {@link #MOST_OF_CONTENT}. A
     * lookup by key id only finds none.
     *
     * @throws io.playgrant.storage.StorageException if the storage is unreachable
     */
    default List<OfContent> current(long account, Environment environment, String contentId) {
        return List.of();
    }
}
