package io.playgrant.keystore;

import io.playgrant.keystore.StoredKeys.Owner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Identifies the content of an owner for an index: the first 16 bytes of a SHA-256. Only held keys are found by their content. */
final class ContentDigest {

    private static final int LENGTH = 16;

    /** As in KeyId: looking a digest up costs more than using it. */
    private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(ContentDigest::newSha256);

    private final byte[] bytes;

    private ContentDigest(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The digest that is stored with a key; null if the service does not hold it or it has no content id. */
    static @Nullable ContentDigest of(Owner owner, StoredKey key) {
        String contentId = key.contentId();
        return key.isHeld() && contentId != null ? of(owner, contentId) : null;
    }

    /** The digest of a content id. */
    static ContentDigest of(Owner owner, String contentId) {
        // No environment's label contains a line end.
        String text = owner.account() + "\n" + owner.environment().label() + "\n" + contentId;
        byte[] digest = SHA256.get().digest(text.getBytes(StandardCharsets.UTF_8));
        return new ContentDigest(Arrays.copyOf(digest, LENGTH));
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A digest as it is stored; null if none is. */
    static @Nullable ContentDigest ofStored(byte @Nullable [] bytes) {
        return bytes == null ? null : new ContentDigest(bytes);
    }

    byte[] toByteArray() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContentDigest that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
