package io.playgrant.batch;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes a file apart into records: lines, or lines of CSV (RFC 4180), whose quoted fields may hold line breaks. Empty lines are no
 * records, and a byte order mark is no part of the first.
 *
 * <p>What cannot be a record is refused as one line, and the next line begins a new record: a quote that somebody forgot costs one
 * record, not the rest of the file.
 */
public final class RecordReader implements AutoCloseable {

    /** The longest record, in bytes without its line end. */
    public static final int LONGEST = 64 * 1024;

    private static final int BUFFER = 4 * LONGEST;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** Stand for the length of what is no record. */
    private static final int TOO_LONG = -1;

    private static final int UNCLOSED = -2;

    private final InputStream in;
    private final boolean quotes;
    private final byte[] buffer = new byte[BUFFER];
    private int start;
    private int end;
    private boolean begun;
    private long line = 1;
    private long taken;
    private volatile long position;

    private RecordReader(InputStream in, boolean quotes) {
        this.in = in;
        this.quotes = quotes;
    }

    /** Each line is a record. */
    public static RecordReader lines(InputStream in) {
        return new RecordReader(in, false);
    }

    /** Line breaks in quotes do not end a record. */
    public static RecordReader csv(InputStream in) {
        return new RecordReader(in, true);
    }

    /** The next record, null at the end. */
    public @Nullable RawRecord next() throws IOException {
        if (!begun) {
            begun = true;
            skipByteOrderMark();
        }
        while (has(0)) {
            int length = quotes ? lengthWithQuotes() : lengthOfLine();
            RawRecord record = length < 0 ? refuse(length) : take(length);
            if (record.bytes().length > 0 || record.refusal() != null) {
                return record;
            }
        }
        return null;
    }

    /** How many bytes the records had that were given out so far, with their line ends. Any thread may ask. */
    public long position() {
        return position;
    }

    /** Whether the next record may be a while in coming. */
    boolean mayBlock() throws IOException {
        return start == end && in.available() == 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void skipByteOrderMark() throws IOException {
        int length = BYTE_ORDER_MARK.length;
        if (has(length - 1) && Arrays.equals(buffer, start, start + length, BYTE_ORDER_MARK, 0, length)) {
            advance(length);
        }
    }

    private int lengthOfLine() throws IOException {
        int length = 0;
        while (has(length)) {
            if (at(length++) == '\n') {
                return checked(length);
            }
            if (length > LONGEST + 2) {
                return TOO_LONG;
            }
        }
        return checked(length);
    }

    private int lengthWithQuotes() throws IOException {
        int length = 0;
        boolean quoted = false;
        boolean fieldBegins = true;
        while (has(length)) {
            byte next = at(length++);
            if (quoted) {
                // Of two quotes, the second one opens again what the first one closed.
                quoted = next != '"' || (has(length) && at(length) == '"' && length++ > 0);
            } else if (next == '\n') {
                return checked(length);
            } else {
                quoted = fieldBegins && next == '"';
                fieldBegins = next == ',';
            }
            if (length > LONGEST + 2) {
                return TOO_LONG;
            }
        }
        return quoted ? UNCLOSED : checked(length);
    }

    private int checked(int length) {
        return length - lineEnd(length) > LONGEST ? TOO_LONG : length;
    }

    private RawRecord take(int length) {
        long first = line;
        int lineEnd = lineEnd(length);
        byte[] bytes = Arrays.copyOfRange(buffer, start, start + length - lineEnd);
        advance(length);
        return new RawRecord(bytes, first, lineEnd > 0, null);
    }

    private RawRecord refuse(int why) throws IOException {
        long first = line;
        boolean ended = skipLine();
        TokenException refusal = why == TOO_LONG
                ? TokenException.of(
                        ErrorCode.CONTENT_TOO_LARGE,
                        "a record has at most " + LONGEST + " bytes" + (quotes ? "; a quote may not be closed" : ""))
                : TokenException.of(ErrorCode.BAD_REQUEST, "a quote is not closed");
        return new RawRecord(new byte[0], first, ended, refusal);
    }

    private boolean skipLine() throws IOException {
        while (has(0)) {
            int length = 0;
            while (start + length < end) {
                if (at(length++) == '\n') {
                    advance(length);
                    return true;
                }
            }
            advance(length);
        }
        return false;
    }

    private int lineEnd(int length) {
        if (length == 0 || at(length - 1) != '\n') {
            return 0;
        }
        return length > 1 && at(length - 2) == '\r' ? 2 : 1;
    }

    private byte at(int offset) {
        return buffer[start + offset];
    }

    private void advance(int length) {
        for (int i = 0; i < length; i++) {
            if (at(i) == '\n') {
                line++;
            }
        }
        start += length;
        taken += length;
        position = taken;
    }

    /** Whether there is a byte that far from the start of the next record; reads on if need be. */
    private boolean has(int offset) throws IOException {
        while (start + offset >= end) {
            if (start > 0) {
                System.arraycopy(buffer, start, buffer, 0, end - start);
                end -= start;
                start = 0;
            }
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                return false;
            }
            end += read;
        }
        return true;
    }
}
