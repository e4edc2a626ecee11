package io.playgrant.contentkey;

/** A key-encryption key of AES-128, AES-192 or AES-256 (RFC 3394). A secret that is never stored. */
public final class Kek extends SecretBytes {

    private Kek(byte[] bytes) {
        super(bytes);
        if (bytes.length != 16 && bytes.length != 24 && bytes.length != 32) {
            throw new IllegalArgumentException("a kek has 16, 24 or 32 bytes, not " + bytes.length);
        }
    }

    /**
     * A kek of these bytes, which are copied.
     *
     * @throws IllegalArgumentException if there are not 16, 24 or 32; the message does not contain the bytes
     */
    public static Kek of(byte[] bytes) {
        return new Kek(bytes.clone());
    }

    /**
     * A kek of 32, 48 or 64 hexadecimal digits, in either case.
     *
     * @throws IllegalArgumentException if the text has another form; the message does not contain the digits
     */
    public static Kek ofHex(String hex) {
        return new Kek(Hex.parseSecret(hex));
    }
}
