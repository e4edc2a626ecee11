package io.playgrant.token.sealing;

import io.playgrant.account.Environment;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret of the ring.
 *
 * @param id 16 hexadecimal digits: the 8 bytes that stand in a token
 * @param environment whose tokens it protects
 * @param secret 32 bytes or more
 */
public record RingKey(String id, Environment environment, byte[] secret) {

    private static final String ALGORITHM = "HmacSHA256";

    /** What tells this secret from another without telling anything about it: 16 hexadecimal digits. */
    String fingerprint() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            byte[] tag = mac.doFinal("playgrant ring key fingerprint".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(tag, 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }

    /** The id only. */
    @Override
    public String toString() {
        return id;
    }
}
