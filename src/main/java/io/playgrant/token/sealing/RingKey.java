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
 * @param id 16 hexadecimal digits: the 8 bytes of its id in a token
 * @param environment the environment whose tokens it encrypts
 * @param secret 32 bytes or more
 */
public record RingKey(String id, Environment environment, byte[] secret) {

    private static final String ALGORITHM = "HmacSHA256";

    /** A fingerprint that identifies the secret without revealing it: 16 hexadecimal digits. */
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
