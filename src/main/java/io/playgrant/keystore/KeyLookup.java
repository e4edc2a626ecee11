package io.playgrant.keystore;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where wrapped content keys are looked up by account, environment and key id. */
@FunctionalInterface
public interface KeyLookup {

    /**
     * What is stored under a key id.
     *
     * @param ek the wrapped key, for those only who have seen that it has not expired
     * @param expiration from when on it is not handed out; null if it does not expire
     */
    record Found(EncryptedKey ek, @Nullable Instant expiration) {

        /** Whether it may no longer be used. */
        public boolean isExpired(Instant now) {
            return expiration != null && !now.isBefore(expiration);
        }
    }

    /**
     * What is stored under a key id, expired or not.
     *
     * @throws io.playgrant.storage.StorageException if the storage is out of reach
     */
    Optional<Found> find(long account, Environment environment, KeyId kid);
}
