package io.playgrant.contentkey;

import java.security.MessageDigest;
import java.util.Arrays;

/** Secret bytes, which no log, message or comparison time may reveal. */
public abstract class SecretBytes {

    private final byte[] bytes;

    /**
     * Secret bytes.
     *
     * @param bytes not copied: nobody else may keep them
     */
    SecretBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of the bytes, which the caller must wipe after use. */
    public final byte[] toByteArray() {
        return bytes.clone();
    }

    /** The number of bytes. */
    public final int length() {
        return bytes.length;
    }

    /** Overwrites the bytes with zeros. The object must not be used afterwards. */
    public final void wipe() {
        Arrays.fill(bytes, (byte) 0);
    }

    final byte[] bytes() {
        return bytes;
    }

    /** Compares in constant time. */
    @Override
    @SuppressWarnings("EqualsGetClass") // a kek is never equal to a content key
    public final boolean equals(Object other) {
        return other != null
                && other.getClass() == getClass()
                && MessageDigest.isEqual(bytes, ((SecretBytes) other).bytes);
    }

    /** The same for all secrets, so that it reveals nothing. */
    @Override
    public final int hashCode() {
        return getClass().hashCode();
    }

    @Override
    public final String toString() {
        return "***";
    }
}
