package io.playgrant.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keyed hash that authenticators are stored as: HMAC-SHA-256 (RFC 2104) of account number and secret. Who has the database but
 * not the key can neither use nor guess one.
 */
public final class AuthenticatorHash {

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac prototype;

    /**
     * A hash under a key.
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

    /** What tells this key from another without telling anything about it: 16 hexadecimal digits. */
    public String fingerprint() {
        byte[] tag = copy().doFinal("playgrant key fingerprint".getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(Arrays.copyOf(tag, 8));
    }

    /** Copying is cheaper than looking the algorithm up and setting the key again. */
    private Mac copy() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
