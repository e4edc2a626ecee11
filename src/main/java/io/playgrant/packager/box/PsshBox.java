package io.playgrant.packager.box;

import io.playgrant.contentkey.KeyId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * A protection system specific header box (ISO/IEC 23001-7, section 8.1).
 *
 * @param version 0 or 1
 * @param systemId the DRM system
 * @param keyIds the key ids beside the data, which only version 1 has
 * @param data the data, whose form the DRM system defines
 */
public record PsshBox(int version, UUID systemId, List<KeyId> keyIds, byte[] data) {

    /** The most bytes that are decoded; many times the usual length. */
    public static final int LONGEST = 64 * 1024;

    private static final int TYPE = 0x70737368;

    /** Size, type, version and flags, system id, size of the data. */
    private static final int SHORTEST = 4 + 4 + 4 + 16 + 4;

    private static final int FLAG_BITS = 24;
    private static final byte[] NO_DATA = {};

    /**
     * The list is copied, the data is not.
     *
     * @throws IllegalArgumentException if the version is neither 0 nor 1, or if version 0 has key ids
     */
    public PsshBox {
        if (version != 0 && version != 1) {
            throw new IllegalArgumentException("version " + version);
        }
        if (version == 0 && !keyIds.isEmpty()) {
            throw new IllegalArgumentException("version 0 has no key ids");
        }
        keyIds = List.copyOf(keyIds);
    }

    /** A box of version 0. */
    public static PsshBox of(DrmSystem system, byte[] data) {
        return new PsshBox(0, system.id(), List.of(), data);
    }

    /** A box of version 1. */
    public static PsshBox of(DrmSystem system, List<KeyId> keyIds, byte[] data) {
        return new PsshBox(1, system.id(), keyIds, data);
    }

    /** The box of the common system, which has key ids and no data. */
    public static PsshBox common(List<KeyId> keyIds) {
        return of(DrmSystem.COMMON, keyIds, NO_DATA);
    }

    /**
     * Decodes one box.
     *
     * @throws BoxException if the bytes are not exactly one box
     */
    public static PsshBox decode(byte[] box) {
        List<PsshBox> boxes = decodeAll(box);
        if (boxes.size() != 1) {
            throw new BoxException("is followed by another one");
        }
        return boxes.get(0);
    }

    /**
     * Decodes boxes that follow each other.
     *
     * @throws BoxException if the bytes are empty, too many, or anything else than boxes
     */
    public static List<PsshBox> decodeAll(byte[] boxes) {
        if (boxes.length > LONGEST) {
            throw new BoxException("has more than " + LONGEST + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(boxes);
        List<PsshBox> decoded = new ArrayList<>();
        do {
            decoded.add(decodeNext(in));
        } while (in.hasRemaining());
        return decoded;
    }

    private static PsshBox decodeNext(ByteBuffer in) {
        if (in.remaining() < SHORTEST) {
            throw new BoxException("has " + in.remaining() + " bytes; a pssh box has at least " + SHORTEST);
        }
        long size = Integer.toUnsignedLong(in.getInt(in.position()));
        if (in.getInt(in.position() + 4) != TYPE) {
            throw new BoxException("is no pssh box: bytes 5 to 8 are not \"pssh\"");
        }
        if (size < SHORTEST || size > in.remaining()) {
            throw new BoxException("gives its size as " + size + " bytes; there are " + in.remaining());
        }
        ByteBuffer box = in.slice(in.position() + 8, (int) size - 8);
        in.position(in.position() + (int) size);
        return decodeBody(box);
    }

    private static PsshBox decodeBody(ByteBuffer box) {
        int version = box.getInt() >>> FLAG_BITS;
        if (version > 1) {
            throw new BoxException("has version " + version + "; only 0 and 1 are defined");
        }
        UUID systemId = readUuid(box);
        List<KeyId> keyIds = version == 0 ? List.of() : readKeyIds(box);
        long length = box.remaining() < 4 ? -1 : Integer.toUnsignedLong(box.getInt());
        if (length != box.remaining()) {
            throw new BoxException("gives a size of its data that does not fit its own size");
        }
        byte[] data = new byte[box.remaining()];
        box.get(data);
        return new PsshBox(version, systemId, keyIds, data);
    }

    private static List<KeyId> readKeyIds(ByteBuffer box) {
        long count = Integer.toUnsignedLong(box.getInt());
        if (count > box.remaining() / KeyId.LENGTH) {
            throw new BoxException("says that it has " + count + " key ids, which do not fit its size");
        }
        List<KeyId> keyIds = new ArrayList<>((int) count);
        for (long i = 0; i < count; i++) {
            keyIds.add(KeyId.of(readUuid(box)));
        }
        return keyIds;
    }

    private static UUID readUuid(ByteBuffer box) {
        return new UUID(box.getLong(), box.getLong());
    }

    /** The box as it stands in a file. */
    public byte[] bytes() {
        int size = SHORTEST + data.length + (version == 0 ? 0 : 4 + keyIds.size() * KeyId.LENGTH);
        ByteBuffer out = ByteBuffer.allocate(size)
                .putInt(size)
                .putInt(TYPE)
                .put((byte) version)
                .put(new byte[3])
                .putLong(systemId.getMostSignificantBits())
                .putLong(systemId.getLeastSignificantBits());
        if (version == 1) {
            out.putInt(keyIds.size());
            keyIds.forEach(kid -> out.put(kid.toByteArray()));
        }
        return out.putInt(data.length).put(data).array();
    }

    /** The box in base64, as manifests have it. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes());
    }
}
