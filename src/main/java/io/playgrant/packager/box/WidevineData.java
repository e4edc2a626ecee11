package io.playgrant.packager.box;

import io.playgrant.contentkey.KeyId;
import io.playgrant.protobuf.ProtoMessage;
import io.playgrant.protobuf.ProtoWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The data of a Widevine box: the message {@code WidevinePsshData} of its public description. Fields of other readers are ignored.
 *
 * @param keyIds the ids of the keys
 * @param provider the name of the content's provider, or null
 * @param contentId the id of the content; empty if there is none
 * @param policy the name of a policy, or null
 * @param period the index of the crypto period of the keys; empty if keys do not rotate
 * @param scheme the encryption scheme; empty if it is not named, or unknown
 */
public record WidevineData(
        List<KeyId> keyIds,
        @Nullable String provider,
        byte[] contentId,
        @Nullable String policy,
        OptionalLong period,
        Optional<ProtectionScheme> scheme) {

    private static final int KEY_ID = 2;
    private static final int PROVIDER = 3;
    private static final int CONTENT_ID = 4;
    private static final int POLICY = 6;
    private static final int CRYPTO_PERIOD_INDEX = 7;
    private static final int PROTECTION_SCHEME = 9;

    private static final byte[] NONE = {};

    /** The list is copied, the content id is not. */
    public WidevineData {
        keyIds = List.copyOf(keyIds);
    }

    /** The data that names only keys. */
    public static WidevineData of(List<KeyId> keyIds) {
        return new WidevineData(keyIds, null, NONE, null, OptionalLong.empty(), Optional.empty());
    }

    /** The data that names keys and the encryption scheme. */
    public static WidevineData of(List<KeyId> keyIds, ProtectionScheme scheme) {
        return new WidevineData(keyIds, null, NONE, null, OptionalLong.empty(), Optional.of(scheme));
    }

    /**
     * Reads the data of a box.
     *
     * @throws BoxException if it is no such message, or if a key id has another length
     */
    public static WidevineData read(byte[] data) {
        try {
            ProtoMessage message = ProtoMessage.read(data);
            return new WidevineData(
                    keyIds(message.all(KEY_ID)),
                    text(message, PROVIDER),
                    message.bytes(CONTENT_ID).orElse(NONE),
                    text(message, POLICY),
                    message.number(CRYPTO_PERIOD_INDEX),
                    ProtectionScheme.ofCode(message.number(PROTECTION_SCHEME).orElse(0)));
        } catch (IOException e) {
            throw new BoxException("is no Protocol Buffers message, or was cut");
        }
    }

    private static List<KeyId> keyIds(List<byte[]> ids) {
        List<KeyId> keyIds = new ArrayList<>(ids.size());
        for (byte[] id : ids) {
            if (id.length != KeyId.LENGTH) {
                throw new BoxException("has a key id of " + id.length + " bytes");
            }
            keyIds.add(KeyId.of(id));
        }
        return keyIds;
    }

    private static @Nullable String text(ProtoMessage message, int field) {
        return message.bytes(field)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse(null);
    }

    /** The same with a content. */
    public WidevineData withContent(String newProvider, byte[] newContentId) {
        return new WidevineData(keyIds, newProvider, newContentId, policy, period, scheme);
    }

    /** The same with a crypto period, or without one. */
    public WidevineData withPeriod(OptionalLong newPeriod) {
        return new WidevineData(keyIds, provider, contentId, policy, newPeriod, scheme);
    }

    /** The message, with its fields in ascending order. */
    public byte[] bytes() {
        ProtoWriter out = new ProtoWriter();
        keyIds.forEach(kid -> out.bytes(KEY_ID, kid.toByteArray()));
        if (provider != null) {
            out.bytes(PROVIDER, provider.getBytes(StandardCharsets.UTF_8));
        }
        if (contentId.length > 0) {
            out.bytes(CONTENT_ID, contentId);
        }
        if (policy != null) {
            out.bytes(POLICY, policy.getBytes(StandardCharsets.UTF_8));
        }
        period.ifPresent(index -> out.number(CRYPTO_PERIOD_INDEX, index));
        scheme.ifPresent(one -> out.number(PROTECTION_SCHEME, one.code()));
        return out.toByteArray();
    }

    /** The box around the message, of version 0, as other packagers write it. */
    public PsshBox box() {
        return PsshBox.of(DrmSystem.WIDEVINE, bytes());
    }
}
