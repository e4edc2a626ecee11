package io.playgrant.keystore;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks up wrapped content keys by account, environment and key id. */
@FunctionalInterface
public interface KeyLookup {

    /**
     * A stored key.
     *
     * @param ek the wrapped key, which must not be used if it has expired
     * @param expiration the time from which it is no longer used; null if it does not expire
     */
    record Found(EncryptedKey ek, @Nullable Instant expiration) {

        /** Whether the key has expired. */
        public boolean isExpired(Instant now) {
            return expiration != null && !now.isBefore(expiration);
        }
    }

    /**
     * The key stored under a key id, expired or not.
     *
     * @throws io.playgrant.storage.StorageException if the storage is unreachable
     */
    Optional<Found> find(long account, Environment environment, KeyId kid);
}
