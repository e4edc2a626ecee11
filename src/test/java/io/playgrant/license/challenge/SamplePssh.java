package io.playgrant.license.challenge;

import io.playgrant.contentkey.KeyId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/** {@code pssh} boxes. */
final class SamplePssh {

    static final UUID WIDEVINE = UUID.fromString("edef8ba9-79d6-4ace-a3c8-27dcd51d21ed");

    /** The system of the W3C, whose boxes list ids and nothing else. */
    static final UUID COMMON = UUID.fromString("1077efec-c0b2-4d02-ace3-3c1e52e2fb4b");

    private SamplePssh() {}

    static byte[] version0(UUID system, byte[] data) {
        byte[] box = new byte[32 + data.length];
        start(box, 0, system).putInt(data.length).put(data);
        return box;
    }

    static byte[] version1(UUID system, List<KeyId> listed, byte[] data) {
        byte[] box = new byte[36 + listed.size() * KeyId.LENGTH + data.length];
        ByteBuffer ids = start(box, 1, system).putInt(listed.size());
        listed.forEach(id -> ids.put(id.toByteArray()));
        ids.putInt(data.length).put(data);
        return box;
    }

    private static ByteBuffer start(byte[] box, int version, UUID system) {
        return ByteBuffer.wrap(box)
                .putInt(box.length)
                .putInt(0x70737368)
                .putInt(version << 24)
                .putLong(system.getMostSignificantBits())
                .putLong(system.getLeastSignificantBits());
    }
}
