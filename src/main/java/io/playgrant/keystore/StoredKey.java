package io.playgrant.keystore;

import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stored content key (protocol section 6). It is stored wrapped only; neither the key in clear nor its kek is stored.
 *
 * @param kid its key id
 * @param ek the wrapped key
 * @param kekId the name of the kek that wraps it, by the client or by the protocol
 * @param info free text; null if there is none
 * @param contentId the id of the content that it protects; null if none was given
 * @param expiration the time from which it is no longer used; null if it does not expire
 * @param lastUpdate the time of its creation or last change
 */
public record StoredKey(
        KeyId kid,
        EncryptedKey ek,
        String kekId,
        @Nullable String info,
        @Nullable String contentId,
        @Nullable Instant expiration,
        Instant lastUpdate) {

    /** Whether the key has expired. */
    public boolean isExpired(Instant now) {
        return expiration != null && !now.isBefore(expiration);
    }
}
