package io.playgrant.license.challenge;

import io.playgrant.contentkey.KeyId;
import io.playgrant.protobuf.ProtoMessage;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The ids of the keys that a licence request names. Data in another form names none here; the licence service decides about it. */
final class ContentIds {

    /** WidevinePsshData. */
    private static final int KEY_ID = 2;

    /** {@code pssh} boxes (ISO/IEC 23001-7 section 8.1). */
    private static final int PSSH = 0x70737368;

    private static final int BOX_HEADER = 12;

    /** They follow the version. */
    private static final int FLAGS_BITS = 24;

    private static final UUID WIDEVINE = UUID.fromString("edef8ba9-79d6-4ace-a3c8-27dcd51d21ed");

    private final Set<KeyId> keyIds = new LinkedHashSet<>();
    private boolean hasOthers;

    /** The ids that a token can have, each once. */
    List<KeyId> keyIds() {
        return List.copyOf(keyIds);
    }

    /** Whether there are ids of another length. */
    boolean hasOthers() {
        return hasOthers;
    }

    void add(byte[] id) {
        if (id.length == KeyId.LENGTH) {
            keyIds.add(KeyId.of(id));
        } else {
            hasOthers = true;
        }
    }

    /** Adds the ids in the data of one of Widevine's {@code pssh} boxes. */
    void addPsshData(byte[] data) {
        try {
            ProtoMessage.read(data).all(KEY_ID).forEach(this::add);
        } catch (IOException e) {
            // Names none.
        }
    }

    /** Adds the ids in a sequence of {@code pssh} boxes: those that any box lists, and those in the data of Widevine's. */
    void addPsshBoxes(byte[] boxes) {
        ByteBuffer rest = ByteBuffer.wrap(boxes);
        while (rest.remaining() >= BOX_HEADER) {
            int size = rest.getInt(rest.position());
            if (size < BOX_HEADER || size > rest.remaining() || rest.getInt(rest.position() + Integer.BYTES) != PSSH) {
                return;
            }
            ByteBuffer box = rest.slice(rest.position() + Long.BYTES, size - Long.BYTES);
            rest.position(rest.position() + size);
            try {
                addBox(box);
            } catch (BufferUnderflowException e) {
                // A box that was cut: what stands before counts.
            }
        }
    }

    private void addBox(ByteBuffer box) {
        int version = box.getInt() >>> FLAGS_BITS;
        boolean isWidevines = WIDEVINE.equals(new UUID(box.getLong(), box.getLong()));
        if (version > 0) {
            for (int count = box.getInt(); count != 0; count--) {
                add(bytes(box, KeyId.LENGTH));
            }
        }
        if (isWidevines) {
            addPsshData(bytes(box, box.getInt()));
        }
    }

    private static byte[] bytes(ByteBuffer from, int length) {
        if (length < 0 || length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }
}
