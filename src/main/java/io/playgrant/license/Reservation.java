package io.playgrant.license;

import io.playgrant.token.Claims;
import org.jspecify.annotations.Nullable;

/** A redemption that {@link Redemptions} has allowed. It must be confirmed before the licence leaves the process, or else released. */
public final class Reservation {

    /** The redemption of a token without a limit, which nobody counts. */
    static final Reservation UNLIMITED = new Reservation(null, new byte[0]);

    /** The redemption of a challenge that was counted when it was answered before. */
    static final Reservation REPEATED = new Reservation(null, new byte[0]);

    private final @Nullable Claims token;
    private final byte[] challenge;

    private Reservation(@Nullable Claims token, byte[] challenge) {
        this.token = token;
        this.challenge = challenge;
    }

    /** A redemption that is counted once it is confirmed. */
    static Reservation of(Claims token, byte[] challenge) {
        return new Reservation(token, challenge);
    }

    /** Whether this challenge was answered within the last minute, so that answering it again is not counted. */
    public boolean isRepeated() {
        return this == REPEATED;
    }

    /** The token whose redemptions are counted; null if this one is not. */
    @Nullable
    Claims token() {
        return token;
    }

    /** The hash of the challenge. */
    byte[] challenge() {
        return challenge;
    }
}
