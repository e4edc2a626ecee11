package io.playgrant.license.cloud;

import io.playgrant.contentkey.SecretBytes;
import java.net.URI;

/**
 * A provider at Widevine's licence service, as which messages are signed.
 *
 * @param name its name
 * @param url the URL to which messages are sent
 * @param key the AES-256 key of its signatures
 * @param iv the initial vector of its signatures
 * @param padding how the hash is padded before it is encrypted
 */
public record CloudProvider(String name, URI url, SecretBytes key, SecretBytes iv, Padding padding) {

    private static final int KEY_LENGTH = 32;
    private static final int IV_LENGTH = 16;

    /** How a hash of 20 bytes becomes two blocks of AES. Both ways are in use. */
    public enum Padding {
        /** With zeros. */
        ZERO,
        /** With the number of added bytes (RFC 5652 section 6.3). */
        PKCS7
    }

    /**
     * Checks the lengths of the secrets.
     *
     * @throws IllegalArgumentException if one of them has another length; the message does not contain it
     */
    public CloudProvider {
        if (key.length() != KEY_LENGTH) {
            throw new IllegalArgumentException("the key has " + KEY_LENGTH + " bytes, not " + key.length());
        }
        if (iv.length() != IV_LENGTH) {
            throw new IllegalArgumentException("the iv has " + IV_LENGTH + " bytes, not " + iv.length());
        }
    }
}
