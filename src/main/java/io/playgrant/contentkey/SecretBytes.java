package io.playgrant.contentkey;

import java.security.MessageDigest;
import java.util.Arrays;

/** Bytes that no log, message or comparison time may reveal. */
abstract class SecretBytes {

    private final byte[] bytes;

    SecretBytes(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** A copy of the bytes; the caller wipes it when it is done with it. */
    public final byte[] toByteArray() {
        return bytes.clone();
    }

    /** Overwrites the bytes with zeros; the object is of no use afterwards. */
    public final void wipe() {
        Arrays.fill(bytes, (byte) 0);
    }

    final byte[] bytes() {
        return bytes;
    }

    /** Takes the same time whatever the bytes are. */
    @Override
    @SuppressWarnings("EqualsGetClass") // a kek is never equal to a content key
    public final boolean equals(Object other) {
        return other != null
                && other.getClass() == getClass()
                && MessageDigest.isEqual(bytes, ((SecretBytes) other).bytes);
    }

    /** The same for all, so that it tells nothing. */
    @Override
    public final int hashCode() {
        return getClass().hashCode();
    }

    @Override
    public final String toString() {
        return "***";
    }
}
