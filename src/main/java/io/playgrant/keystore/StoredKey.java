package io.playgrant.keystore;

import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stored content key (protocol section 6). It is stored wrapped only, by a client's kek, which is not stored, or by the storage ring.
 *
 * @param kid its key id
 * @param ek the wrapped key
 * @param kekId the name of the kek that wraps it, by the client or by the protocol; empty if unknown, or if the service holds the key
 * @param info free text; null if there is none
 * @param contentId the id of the content that it protects; null if none was given
 * @param expiration the time from which it is no longer used; null if it does not expire
 * @param lastUpdate the time of its creation or last change
 * @param heldBy the id of the storage ring's key that wraps it; null if a client's kek does
 * @param trackType the kind of track that a held key encrypts, as in tokens; null if unknown
 */
public record StoredKey(
        KeyId kid,
        EncryptedKey ek,
        String kekId,
        @Nullable String info,
        @Nullable String contentId,
        @Nullable Instant expiration,
        Instant lastUpdate,
        @Nullable String heldBy,
        @Nullable Integer trackType) {

    /** A key that a client's kek wraps. */
    public StoredKey(
            KeyId kid,
            EncryptedKey ek,
            String kekId,
            @Nullable String info,
            @Nullable String contentId,
            @Nullable Instant expiration,
            Instant lastUpdate) {
        this(kid, ek, kekId, info, contentId, expiration, lastUpdate, null, null);
    }

    /** Whether the service holds the key: the storage ring wraps it. */
    public boolean isHeld() {
        return heldBy != null;
    }

    /** Whether the key has expired. */
    public boolean isExpired(Instant now) {
        return expiration != null && !now.isBefore(expiration);
    }
}
