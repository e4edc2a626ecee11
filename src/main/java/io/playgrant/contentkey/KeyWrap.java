package io.playgrant.contentkey;

import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESWrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;

/** AES Key Wrap (RFC 3394) with its default initial value. */
public final class KeyWrap {

    /** The unit in which the algorithm works, in bytes (RFC 3394 section 2). */
    private static final int SEMIBLOCK = 8;

    private KeyWrap() {}

    /** Wraps a content key. */
    public static EncryptedKey wrap(Kek kek, ContentKey key) {
        return EncryptedKey.of(wrap(kek, key.bytes()));
    }

    /**
     * Unwraps a content key.
     *
     * @throws KeyWrapException if the integrity check fails, because of another kek or a changed wrapped key
     */
    public static ContentKey unwrap(Kek kek, EncryptedKey wrapped) throws KeyWrapException {
        return ContentKey.owning(unwrap(kek, wrapped.bytes()));
    }

    /**
     * Wraps key data (RFC 3394 section 2.2.1).
     *
     * @param keyData at least 16 bytes, a multiple of 8
     * @return 8 bytes more than the key data
     * @throws IllegalArgumentException if the length is different
     */
    static byte[] wrap(Kek kek, byte[] keyData) {
        if (keyData.length < 2 * SEMIBLOCK || keyData.length % SEMIBLOCK != 0) {
            throw new IllegalArgumentException(
                    "key data has at least 16 bytes, a multiple of 8, not " + keyData.length);
        }
        AESWrapEngine engine = new AESWrapEngine();
        engine.init(true, new KeyParameter(kek.bytes()));
        return engine.wrap(keyData, 0, keyData.length);
    }

    /**
     * Unwraps key data (RFC 3394 section 2.2.2).
     *
     * @param wrapped at least 24 bytes, a multiple of 8; the length is checked here because the engine takes 16 as well
     * @throws KeyWrapException if the length is different or the integrity check fails
     */
    static byte[] unwrap(Kek kek, byte[] wrapped) throws KeyWrapException {
        if (wrapped.length < 3 * SEMIBLOCK || wrapped.length % SEMIBLOCK != 0) {
            throw new KeyWrapException(
                    "wrapped key data has at least 24 bytes, a multiple of 8, not " + wrapped.length);
        }
        AESWrapEngine engine = new AESWrapEngine();
        engine.init(false, new KeyParameter(kek.bytes()));
        try {
            return engine.unwrap(wrapped, 0, wrapped.length);
        } catch (InvalidCipherTextException e) {
            throw new KeyWrapException("the integrity check failed");
        }
    }
}
