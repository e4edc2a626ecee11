package io.playgrant.keystore;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import java.util.Optional;

/** Where wrapped content keys are looked up by account, environment and key id. */
@FunctionalInterface
public interface KeyStorage {

    /**
     * The wrapped key that is stored under a key id.
     *
     * @return empty if there is none, or if it has expired
     * @throws io.playgrant.storage.StorageException if the storage is out of reach
     */
    Optional<EncryptedKey> find(long account, Environment environment, KeyId kid);
}
