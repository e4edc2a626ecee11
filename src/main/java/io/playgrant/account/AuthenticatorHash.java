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

    private final Mac prototype;

    /**
     * A hash with a key.
     *
     * @param key 32 bytes or more
     */
    public AuthenticatorHash(byte[] key) {
        try {
            prototype = Mac.getInstance(ALGORITHM);
            prototype.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }

    /** The hash of an account's secret. */
    byte[] of(long account, byte[] secret) {
        Mac mac = copy();
        mac.update(ByteBuffer.allocate(Long.BYTES).putLong(account).flip());
        return mac.doFinal(secret);
    }

    /** A fingerprint that identifies the key without revealing it: 16 hexadecimal digits. */
    public String fingerprint() {
        byte[] tag = copy().doFinal("playgrant key fingerprint".getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(Arrays.copyOf(tag, 8));
    }

    /** A copy is cheaper than looking up the algorithm and setting the key again. */
    private Mac copy() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
