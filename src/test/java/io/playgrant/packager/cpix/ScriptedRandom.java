package io.playgrant.packager.cpix;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/** Draws given bytes, in their order. Fails if another number of bytes is drawn. */
final class ScriptedRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final transient Deque<byte[]> draws = new ArrayDeque<>();

    ScriptedRandom(List<String> hex) {
        hex.forEach(draw -> draws.add(HexFormat.of().parseHex(draw)));
    }

    @Override
    public void nextBytes(byte[] bytes) {
        byte[] draw = draws.pop();
        if (draw.length != bytes.length) {
            throw new IllegalStateException("drawn " + bytes.length + " bytes, expected " + draw.length);
        }
        System.arraycopy(draw, 0, bytes, 0, draw.length);
    }

    boolean isUsedUp() {
        return draws.isEmpty();
    }
}
