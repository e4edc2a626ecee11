package io.playgrant.batch.row;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What was read of a file and not yet taken, which is bounded, and how far that is. */
final class FileBuffer implements AutoCloseable {

    private final InputStream in;
    private final byte[] bytes;
    private int start;
    private int end;
    private long line = 1;
    private long taken;
    private volatile long position;

    /**
     * A file at its beginning.
     *
     * @param size how many bytes there are room for
     */
    FileBuffer(InputStream in, int size) {
        this.in = in;
        this.bytes = new byte[size];
    }

    /** Whether there is a byte that far from the first one not taken; reads on if need be. */
    boolean has(int offset) throws IOException {
        while (start + offset >= end) {
            if (start > 0) {
                System.arraycopy(bytes, start, bytes, 0, end - start);
                end -= start;
                start = 0;
            }
            int read = in.read(bytes, end, bytes.length - end);
            if (read < 0) {
                return false;
            }
            end += read;
        }
        return true;
    }

    /** A byte that is there. */
    byte at(int offset) {
        return bytes[start + offset];
    }

    /** How many bytes are there already. */
    int available() {
        return end - start;
    }

    /** Whether the next byte may be a while in coming. */
    boolean mayBlock() throws IOException {
        return start == end && in.available() == 0;
    }

    boolean startsWith(byte[] prefix) throws IOException {
        return has(prefix.length - 1) && Arrays.equals(bytes, start, start + prefix.length, prefix, 0, prefix.length);
    }

    byte[] copy(int length) {
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    /** Takes bytes. */
    void advance(int length) {
        for (int i = 0; i < length; i++) {
            if (at(i) == '\n') {
                line++;
            }
        }
        start += length;
        taken += length;
        position = taken;
    }

    /** The number of the line in which the next byte stands. */
    long line() {
        return line;
    }

    /** How many bytes were taken. Any thread may ask. */
    long position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
