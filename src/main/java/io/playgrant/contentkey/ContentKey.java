package io.playgrant.contentkey;

import java.util.HexFormat;

/** A 16-byte content key (AES-128, Common Encryption). A secret. */
public final class ContentKey extends SecretBytes {

    /** The length of every content key, in bytes. */
    public static final int LENGTH = 16;

    private ContentKey(byte[] bytes) {
        super(bytes);
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a content key has 16 bytes, not " + bytes.length);
        }
    }

    /**
     * A content key of these bytes, which are copied.
     *
     * @throws IllegalArgumentException if there are not 16; the message does not contain the bytes
     */
    public static ContentKey of(byte[] bytes) {
        return new ContentKey(bytes.clone());
    }

    /** A content key of these 16 bytes, which are not copied: nobody else may keep them. */
    static ContentKey owning(byte[] bytes) {
        return new ContentKey(bytes);
    }

    /**
     * A content key of 32 hexadecimal digits, in either case.
     *
     * @throws IllegalArgumentException if the text has another form; the message does not contain the digits
     */
    public static ContentKey ofHex(String hex) {
        return new ContentKey(Hex.parseSecret(hex));
    }

    /** The key as 32 hexadecimal digits, for a reader who asked for it. */
    public String revealHex() {
        return HexFormat.of().formatHex(bytes());
    }
}
