package io.playgrant.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keyed hash of stored authenticators: HMAC-SHA-256 (RFC 2104) of account number and secret. With the database but without the key,
 * nobody can use or guess an authenticator.
 */
public final class AuthenticatorHash {

    private static final String ALGORITHM = "HmacSHA256";

    /**
     * Each thread reuses its own: a copy costs as much as the hash. The threads that serve requests are few and live long; a short-lived one
     * makes one copy of the prototype, which is cheaper than to look up the algorithm and set the key again.
     */
    private final ThreadLocal<Mac> macs;

    /**
     * A hash with a key.
     *
     * @param key 32 bytes or more
     */
    public AuthenticatorHash(byte[] key) {
        try {
            Mac prototype = Mac.getInstance(ALGORITHM);
            prototype.init(new SecretKeySpec(key, ALGORITHM));
            macs = ThreadLocal.withInitial(() -> copy(prototype));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }

    /** The hash of an account's secret. */
    byte[] of(long account, byte[] secret) {
        byte[] input = ByteBuffer.allocate(Long.BYTES + secret.length)
                .putLong(account)
                .put(secret)
                .array();
        return macs.get().doFinal(input);
    }

    /** A fingerprint that identifies the key without revealing it: 16 hexadecimal digits. */
    public String fingerprint() {
        byte[] tag = macs.get().doFinal("playgrant key fingerprint".getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(Arrays.copyOf(tag, 8));
    }

    private static Mac copy(Mac prototype) {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
