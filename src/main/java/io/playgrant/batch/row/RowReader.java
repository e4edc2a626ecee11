package io.playgrant.batch.row;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a file apart into records: lines, lines of CSV (RFC 4180), whose quoted fields may hold line breaks, or elements of a JSON
 * array. Empty lines and rows of CSV without any value are no records, and a byte order mark is no part of the first.
 *
 * <p>What cannot be a record is refused as one line, and the next line begins a new record: a quote that somebody forgot costs one
 * record, not the rest of the file.
 */
public final class RowReader implements AutoCloseable {

    /** The longest record, in bytes without its line end. */
    public static final int LONGEST = 64 * 1024;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** Stand for the length of what is no record. */
    private static final int TOO_LONG = -1;

    private static final int UNCLOSED = -2;

    private final FileBuffer buffer;
    private final Form form;
    private boolean begun;
    private @Nullable ArrayElements elements;
    private @Nullable IOException failure;
    private long emptyRows;

    private enum Form {
        LINES,
        CSV,
        JSON
    }

    private RowReader(InputStream in, Form form) {
        this.buffer = new FileBuffer(in, 4 * LONGEST);
        this.form = form;
    }

    /** Each line is a record. */
    public static RowReader lines(InputStream in) {
        return new RowReader(in, Form.LINES);
    }

    /** Line breaks in quotes do not end a record. */
    public static RowReader csv(InputStream in) {
        return new RowReader(in, Form.CSV);
    }

    /** Each line is a record, unless the first character is a bracket: then each element of the array is one. */
    public static RowReader json(InputStream in) {
        return new RowReader(in, Form.JSON);
    }

    /**
     * The next record, null at the end.
     *
     * @throws IOException if the file cannot be read on; whoever asks again gets the same
     */
    public @Nullable RawRow next() throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            return read();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    private @Nullable RawRow read() throws IOException {
        if (!begun) {
            begun = true;
            begin();
        }
        return elements == null ? nextLine() : elements.next();
    }

    private void begin() throws IOException {
        if (buffer.startsWith(BYTE_ORDER_MARK)) {
            buffer.advance(BYTE_ORDER_MARK.length);
        }
        if (form == Form.JSON) {
            while (buffer.has(0) && ArrayElements.isWhiteSpace(buffer.at(0))) {
                buffer.advance(1);
            }
            elements = buffer.has(0) && buffer.at(0) == '[' ? new ArrayElements(buffer) : null;
        }
    }

    private @Nullable RawRow nextLine() throws IOException {
        while (buffer.has(0)) {
            int length = form == Form.CSV ? lengthWithQuotes() : lengthOfLine();
            RawRow record = length < 0 ? refuse(length) : take(length);
            if (record.refusal() != null) {
                return record;
            }
            if (form == Form.CSV && CsvCells.areEmpty(record.bytes())) {
                emptyRows += record.bytes().length > 0 ? 1 : 0;
            } else if (record.bytes().length > 0) {
                return record;
            }
        }
        return null;
    }

    /** How many bytes the records had that were given out so far, with their line ends. Any thread may ask. */
    public long position() {
        return buffer.position();
    }

    /** How many rows of CSV had commas and no value so far. */
    public long emptyRows() {
        return emptyRows;
    }

    /** Whether the next record may be a while in coming. */
    public boolean mayBlock() throws IOException {
        return buffer.mayBlock();
    }

    @Override
    public void close() throws IOException {
        buffer.close();
    }

    private int lengthOfLine() throws IOException {
        int length = 0;
        while (buffer.has(length)) {
            if (buffer.at(length++) == '\n') {
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
        while (buffer.has(length)) {
            byte next = buffer.at(length++);
            if (quoted) {
                // Of two quotes, the second one opens again what the first one closed.
                quoted = next != '"' || (buffer.has(length) && buffer.at(length) == '"' && length++ > 0);
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

    private RawRow take(int length) {
        Place place = Place.line(buffer.line());
        int lineEnd = lineEnd(length);
        byte[] bytes = buffer.copy(length - lineEnd);
        buffer.advance(length);
        return new RawRow(bytes, place, lineEnd > 0, null);
    }

    private RawRow refuse(int why) throws IOException {
        Place place = Place.line(buffer.line());
        boolean ended = skipLine();
        TokenException refusal = why == TOO_LONG
                ? TokenException.of(
                        ErrorCode.CONTENT_TOO_LARGE,
                        "a record has at most " + LONGEST + " bytes"
                                + (form == Form.CSV ? "; a quote may not be closed" : ""))
                : TokenException.of(ErrorCode.BAD_REQUEST, "a quote is not closed");
        return new RawRow(new byte[0], place, ended, refusal);
    }

    private boolean skipLine() throws IOException {
        while (buffer.has(0)) {
            int length = 0;
            while (length < buffer.available()) {
                if (buffer.at(length++) == '\n') {
                    buffer.advance(length);
                    return true;
                }
            }
            buffer.advance(length);
        }
        return false;
    }

    private int lineEnd(int length) {
        if (length == 0 || buffer.at(length - 1) != '\n') {
            return 0;
        }
        return length > 1 && buffer.at(length - 2) == '\r' ? 2 : 1;
    }
}
