package io.playgrant.keystore;

import static io.playgrant.TestSecrets.secret;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.storage.Database;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Stored keys as clients make them, and the accounts that they need. */
final class SampleKeys {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123456Z");
    static final EncryptedKey EK = EncryptedKey.ofHex(secret("5dbd06c0056b42fe0b8cf406679620c31bd619732730433d"));
    static final EncryptedKey OTHER_EK = EncryptedKey.ofHex(secret("ffaf1dae9201d1adf62770dca5ddb77ad773a79369e39986"));
    static final String RING_KEY = "00000000000000aa";
    static final Owner OWNER = new Owner(1, Environment.PRODUCTION);
    static final Owner SAME_IN_TEST = new Owner(1, Environment.TEST);
    static final Owner OTHER_OWNER = new Owner(2, Environment.PRODUCTION);

    private SampleKeys() {}

    /** Makes the accounts of the owners. */
    static void makeAccounts(Database database) {
        for (Owner owner : new Owner[] {OWNER, OTHER_OWNER}) {
            database.inTransaction(handle -> handle.execute("""
                    insert into account (number, name, profile, enabled, widevine, networks, created_at, revision)
                    values (?, 'Sample', 'strict', true, true, '', current_timestamp, 0)
                    """, owner.account()));
        }
    }

    static KeyId kid(int number) {
        return KeyId.ofHex("%032x".formatted(number));
    }

    static StoredKey key(KeyId kid) {
        return new StoredKey(kid, EK, "#1.afe008a3", "some text", "film", NOW.plusSeconds(60), NOW);
    }

    /** A key without what may be missing. */
    static StoredKey bareKey(KeyId kid, EncryptedKey ek) {
        return new StoredKey(kid, ek, "#1.afe008a3", null, null, null, NOW);
    }

    /** A key that the service holds. */
    static StoredKey heldKey(KeyId kid, @Nullable String contentId) {
        return new StoredKey(kid, EK, "", null, contentId, null, NOW, RING_KEY, 3);
    }

    static StoredKey withExpiration(StoredKey key, Instant expiration) {
        return new StoredKey(
                key.kid(),
                key.ek(),
                key.kekId(),
                key.info(),
                key.contentId(),
                expiration,
                key.lastUpdate(),
                key.heldBy(),
                key.trackType());
    }

    static StoredKey withEk(StoredKey key, EncryptedKey ek) {
        return new StoredKey(
                key.kid(), ek, key.kekId(), key.info(), key.contentId(), key.expiration(), key.lastUpdate());
    }
}
