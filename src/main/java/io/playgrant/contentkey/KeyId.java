package io.playgrant.contentkey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/** The 16-byte key id of Common Encryption (ISO/IEC 23001-7). Not a secret. */
public final class KeyId implements Comparable<KeyId> {

    /** The length of every key id, in bytes. */
    public static final int LENGTH = 16;

    /** Looking a digest up costs more than using it. The threads that serve requests are few and live long. */
    private static final ThreadLocal<MessageDigest> SHA1 = ThreadLocal.withInitial(KeyId::newSha1);

    private final byte[] bytes;

    private KeyId(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A key id of these bytes.
     *
     * @throws IllegalArgumentException if there are not 16
     */
    public static KeyId of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw wrongLength(bytes.length);
        }
        return new KeyId(bytes.clone());
    }

    /**
     * A key id of 32 hexadecimal digits, in either case.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static KeyId ofHex(String hex) {
        byte[] parsed = HexFormat.of().parseHex(hex);
        if (parsed.length != LENGTH) {
            throw wrongLength(parsed.length);
        }
        return new KeyId(parsed);
    }

    /** The key id of a UUID, in which form the formats of packagers write it. */
    public static KeyId of(UUID uuid) {
        return new KeyId(ByteBuffer.allocate(LENGTH)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array());
    }

    /**
     * The key id of a name: the first 16 bytes of the SHA-1 of its UTF-8 (protocol section 2, {@code kid}).
     *
     * @param name the text after {@code ^}
     */
    public static KeyId ofName(String name) {
        byte[] digest = SHA1.get().digest(name.getBytes(StandardCharsets.UTF_8));
        return new KeyId(Arrays.copyOf(digest, LENGTH));
    }

    private static IllegalArgumentException wrongLength(int length) {
        return new IllegalArgumentException("a key id has 16 bytes, not " + length);
    }

    private static MessageDigest newSha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A copy of the 16 bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** The 16 bytes as a UUID. */
    public UUID toUuid() {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** By the unsigned bytes. Hash tables need an order to stay fast with ids that were chosen to collide. */
    @Override
    public int compareTo(KeyId other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    /** 32 hexadecimal digits in lower case. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
