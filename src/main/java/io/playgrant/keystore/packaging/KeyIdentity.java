package io.playgrant.keystore.packaging;

import io.playgrant.contentkey.KeyId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a packager names to get a key, other than its {@link KeyId}. The same identity always gets the same key.
 *
 * @param contentId the id of the content; not copied
 * @param type the type of track, such as SD or AUDIO
 * @param videoFeature a feature of the video, such as HDR; empty if there is none, as for audio
 * @param period the index of the crypto period; empty if the key does not rotate
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode compare its content
public record KeyIdentity(byte[] contentId, String type, String videoFeature, OptionalLong period) {

    /** An order of the identities of one content, in which transactions insert them. */
    static final Comparator<KeyIdentity> ORDER = Comparator.comparing(KeyIdentity::contentId, Arrays::compare)
            .thenComparing(identity -> identity.period.orElse(-1))
            .thenComparing(KeyIdentity::type)
            .thenComparing(KeyIdentity::videoFeature);

    /** A digest that only this identity has. */
    byte[] digest() {
        byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
        byte[] featureBytes = videoFeature.getBytes(StandardCharsets.UTF_8);
        ByteBuffer text = ByteBuffer.allocate(
                        3 * Integer.BYTES + Long.BYTES + contentId.length + typeBytes.length + featureBytes.length)
                .putInt(contentId.length)
                .put(contentId)
                .putInt(typeBytes.length)
                .put(typeBytes)
                .putInt(featureBytes.length)
                .put(featureBytes)
                .putLong(period.orElse(-1));
        return Sha256.of(text.array());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyIdentity that
                && Arrays.equals(contentId, that.contentId)
                && type.equals(that.type)
                && videoFeature.equals(that.videoFeature)
                && period.equals(that.period);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(contentId), type, videoFeature, period);
    }
}
