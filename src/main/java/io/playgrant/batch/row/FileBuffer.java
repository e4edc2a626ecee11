package io.playgrant.batch.row;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A bounded buffer of bytes that were read from a file and not yet consumed, and the position in the file. */
final class FileBuffer implements AutoCloseable {

    private final InputStream in;
    private final byte[] bytes;
    private int start;
    private int end;
    private long line = 1;
    private long taken;
    private volatile long position;

    /**
     * A buffer at the beginning of a file.
     *
     * @param size the capacity in bytes
     */
    FileBuffer(InputStream in, int size) {
        this.in = in;
        this.bytes = new byte[size];
    }

    /** Whether there is a byte at an offset from the first unconsumed one. Reads more if necessary. */
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

    /** A byte in the buffer. */
    byte at(int offset) {
        return bytes[start + offset];
    }

    /** The number of bytes in the buffer. */
    int available() {
        return end - start;
    }

    /** Whether reading the next byte may block. */
    boolean mayBlock() throws IOException {
        return start == end && in.available() == 0;
    }

    boolean startsWith(byte[] prefix) throws IOException {
        return has(prefix.length - 1) && Arrays.equals(bytes, start, start + prefix.length, prefix, 0, prefix.length);
    }

    byte[] copy(int length) {
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    /** Consumes bytes. */
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

    /** The line number of the next byte. */
    long line() {
        return line;
    }

    /** The number of consumed bytes. Thread-safe. */
    long position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
