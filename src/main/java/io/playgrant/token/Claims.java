package io.playgrant.token;

import io.playgrant.account.Environment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a token says. Times are whole seconds.
 *
 * @param account the number of the account that it was issued to
 * @param environment where it is redeemable
 * @param tokenId 32 hexadecimal digits, drawn at random
 * @param issuedAt when it was issued
 * @param expiresAt when it can be redeemed no more
 * @param notBefore before when it cannot be redeemed
 * @param keys 1 to 16
 * @param contentId what the keys are for, as the client calls it
 * @param licenseDuration how long the licence is valid, in seconds; null for no limit
 * @param playbackDuration how long playback goes on once begun, in seconds; null for no limit
 * @param persistent whether the licence may be stored
 * @param extensions Widevine extensions
 * @param cookie text of the client's, logged at redemption
 * @param ipAddress the address or CIDR range that it is redeemable from
 * @param maxRedemptions how often it can be redeemed; null for no limit
 */
public record Claims(
        long account,
        Environment environment,
        String tokenId,
        Instant issuedAt,
        Instant expiresAt,
        @Nullable Instant notBefore,
        List<TokenKey> keys,
        @Nullable String contentId,
        @Nullable Integer licenseDuration,
        @Nullable Integer playbackDuration,
        boolean persistent,
        List<WvExtension> extensions,
        @Nullable String cookie,
        @Nullable String ipAddress,
        @Nullable Integer maxRedemptions) {

    /** Lists are copied. */
    public Claims {
        keys = List.copyOf(keys);
        extensions = List.copyOf(extensions);
    }

    /**
     * Why the token cannot be redeemed at a time, empty if it can.
     *
     * @param now the time
     */
    public String invalidReason(Instant now) {
        if (!now.isBefore(expiresAt)) {
            return "expired at " + expiresAt;
        }
        if (notBefore != null && now.isBefore(notBefore)) {
            return "not redeemable before " + notBefore;
        }
        return "";
    }
}
