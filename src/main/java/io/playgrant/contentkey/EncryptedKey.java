package io.playgrant.contentkey;

/** A 16-byte content key wrapped to 24 bytes (RFC 3394). Unreadable without its kek, but treated as a secret all the same. */
public final class EncryptedKey extends SecretBytes {

    /** The length of every wrapped content key, in bytes. */
    public static final int LENGTH = ContentKey.LENGTH + 8;

    private EncryptedKey(byte[] bytes) {
        super(bytes);
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a wrapped content key has 24 bytes, not " + bytes.length);
        }
    }

    /**
     * A wrapped key of these bytes, which are copied.
     *
     * @throws IllegalArgumentException if there are not 24
     */
    public static EncryptedKey of(byte[] bytes) {
        return new EncryptedKey(bytes.clone());
    }

    /**
     * A wrapped key of 48 hexadecimal digits, in either case.
     *
     * @throws IllegalArgumentException if the text has another form; the message does not contain the digits
     */
    public static EncryptedKey ofHex(String hex) {
        return new EncryptedKey(Hex.parseSecret(hex));
    }
}
