package io.playgrant.token;

import io.playgrant.account.Environment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a token. Times are whole seconds.
 *
 * @param account the number of the account to which it was issued
 * @param environment the environment in which it can be redeemed
 * @param tokenId 32 random hexadecimal digits
 * @param issuedAt the time of issue
 * @param expiresAt the time from which it cannot be redeemed
 * @param notBefore the time before which it cannot be redeemed
 * @param keys 1 to 16 keys
 * @param contentId the client's id of the content
 * @param licenseDuration how long the licence is valid, in seconds; null for no limit
 * @param playbackDuration how long playback may continue once started, in seconds; null for no limit
 * @param rentalEnd the end of the rental period, after which no licence may be valid; null unless it is a rental with an end
 * @param persistent whether the licence may be stored
 * @param extensions Widevine extensions
 * @param cookie a text of the client, logged at redemption
 * @param ipAddress the address or CIDR range from which it can be redeemed
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
        @Nullable Instant rentalEnd,
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
     * The reason why the token cannot be redeemed at a time; empty if it can.
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
