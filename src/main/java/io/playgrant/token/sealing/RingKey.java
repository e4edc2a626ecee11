package io.playgrant.token.sealing;

import io.playgrant.account.Environment;
import io.playgrant.files.KeySections;

/**
 * A secret of the ring.
 *
 * @param id 16 hexadecimal digits: the 8 bytes of its id in a token
 * @param environment the environment whose tokens it encrypts
 * @param secret 32 bytes or more
 */
public record RingKey(String id, Environment environment, byte[] secret) {

    /** A fingerprint that identifies the secret without revealing it: 16 hexadecimal digits. */
    String fingerprint() {
        return KeySections.fingerprint(secret);
    }

    /** The id only. */
    @Override
    public String toString() {
        return id;
    }
}
