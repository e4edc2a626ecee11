package io.playgrant.bench.measure;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Finds the end of answers of HTTP/1.1 that come with their length, one after the other. */
public final class ResponseReader {

    private static final String LENGTH = "\ncontent-length:";
    private static final int STATUS_FROM = 9;
    private static final int STATUS_TO = 12;

    private byte[] bytes = new byte[4_096];
    private int count;
    private int bodyFrom;
    private int bodyLength;

    /** Adds bytes of the answer. Returns whether it is complete. */
    public boolean add(ByteBuffer more) {
        if (count + more.remaining() > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, count + more.remaining()));
        }
        int length = more.remaining();
        more.get(bytes, count, length);
        count += length;
        if (bodyFrom == 0) {
            readHead();
        }
        return bodyFrom > 0 && count >= bodyFrom + bodyLength;
    }

    private void readHead() {
        for (int i = 3; i < count; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                bodyFrom = i + 1;
                bodyLength = lengthIn(head().toLowerCase(Locale.ROOT));
                return;
            }
        }
    }

    private static int lengthIn(String head) {
        int at = head.indexOf(LENGTH);
        if (at < 0) {
            throw new IllegalStateException("an answer without its length");
        }
        int from = at + LENGTH.length();
        return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
    }

    /** The status line and the headers of the complete answer. */
    public String head() {
        return new String(bytes, 0, bodyFrom, StandardCharsets.ISO_8859_1);
    }

    /** The status of the complete answer. */
    public int status() {
        return Integer.parseInt(new String(bytes, STATUS_FROM, STATUS_TO - STATUS_FROM, StandardCharsets.ISO_8859_1));
    }

    /** The body of the complete answer. */
    public String body() {
        return new String(bytes, bodyFrom, bodyLength, StandardCharsets.UTF_8);
    }

    /** Goes on to the next answer. */
    public void next() {
        count = 0;
        bodyFrom = 0;
        bodyLength = 0;
    }
}
