package io.playgrant.keystore;

import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.KeyService.Creation;
import io.playgrant.keystore.StoredKeys.Created;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.keystore.held.HeldKeys;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * Stores keys that the service holds: the storage ring wraps them, and no kek is needed to use them.
 *
 * <p>Every method throws {@link TokenException} if it refuses the members of a key, and {@link io.playgrant.storage.StorageException} if the
 * storage is unreachable or there is no storage ring.
 */
public final class HeldKeyService {

    private final StoredKeys keys;
    private final HeldKeys held;
    private final Clock clock;
    private final SecureRandom random;

    /** A service over these keys. */
    public HeldKeyService(StoredKeys keys, HeldKeys held, Clock clock, SecureRandom random) {
        this.keys = keys;
        this.held = held;
        this.clock = clock;
        this.random = random;
    }

    /** Creates a key, and generates its id and its value at random if they are missing. If the id is taken, the key there remains. */
    public Creation create(Owner owner, KeyFields fields) {
        KeyId kid = fields.kid().orElseGet(() -> KeyId.of(draw(KeyId.LENGTH)));
        StoredKey offered = newKey(kid, fields);
        Created created = keys.create(owner, offered);
        boolean keepsItsWord = created.isNew() || !fields.has("k") || isSame(created.key(), offered);
        if (!keepsItsWord || !created.key().isHeld()) {
            throw invalid("another key, or one that a kek wraps, is already stored under " + kid);
        }
        return new Creation(KeyObject.ofHeld(created.key()), created.isNew());
    }

    /** A new key from the members of a key object; a missing value is generated at random. */
    StoredKey newKey(KeyId kid, KeyFields fields) {
        if (fields.has("ek") || fields.has("kekId")) {
            throw invalid("a key that the service holds has no ek and no kekId");
        }
        String ringKey = held.activeId();
        ContentKey key = fields.k().orElseGet(this::drawKey);
        try {
            EncryptedKey ek = held.wrap(key, ringKey);
            return new StoredKey(
                    kid,
                    ek,
                    "",
                    fields.info(null),
                    fields.contentId(null),
                    fields.expiration(null),
                    clock.instant().truncatedTo(ChronoUnit.SECONDS),
                    ringKey,
                    fields.trackType().orElse(null));
        } finally {
            key.wipe();
        }
    }

    /** Whether the service holds both keys, and they have the same value. */
    boolean isSame(StoredKey one, StoredKey other) {
        Optional<ContentKey> first = open(one);
        Optional<ContentKey> second = open(other);
        try {
            return first.isPresent() && first.equals(second);
        } finally {
            first.ifPresent(ContentKey::wipe);
            second.ifPresent(ContentKey::wipe);
        }
    }

    private Optional<ContentKey> open(StoredKey key) {
        return Optional.ofNullable(key.heldBy()).map(heldBy -> held.open(key.ek(), heldBy));
    }

    private ContentKey drawKey() {
        byte[] bytes = draw(ContentKey.LENGTH);
        try {
            return ContentKey.of(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private byte[] draw(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static TokenException invalid(String details) {
        return TokenException.of(ErrorCode.KEYSTORE_INVALID_PARAMETERS, details);
    }
}
