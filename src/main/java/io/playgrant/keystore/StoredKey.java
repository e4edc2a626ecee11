package io.playgrant.keystore;

import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A content key that is kept wrapped (protocol section 6). Neither the key nor the kek that wraps it is kept.
 *
 * @param kid its key id
 * @param ek the key, wrapped
 * @param kekId which kek wraps it, as the client or {@code kekId} of the protocol names it
 * @param info free text; null if there is none
 * @param contentId what it protects; null if that was not told
 * @param expiration from when on it is not handed out; null if it does not expire
 * @param lastUpdate when it was made or changed last
 */
public record StoredKey(
        KeyId kid,
        EncryptedKey ek,
        String kekId,
        @Nullable String info,
        @Nullable String contentId,
        @Nullable Instant expiration,
        Instant lastUpdate) {

    /** Whether it may no longer be used. */
    public boolean isExpired(Instant now) {
        return expiration != null && !now.isBefore(expiration);
    }
}
