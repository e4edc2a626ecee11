package io.playgrant.batch.row;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Splits a file into rows: lines, rows of CSV (RFC 4180), whose quoted fields may contain line breaks, or elements of a JSON array. Skips
 * empty lines, rows of CSV without any value, and a byte order mark at the beginning.
 *
 * <p>If a row is malformed, only its first line is refused, and the next line begins a new row: a missing quote costs one row, not the
 * rest of the file.
 */
public final class RowReader implements AutoCloseable {

    /** The longest row, in bytes without its line end. */
    public static final int LONGEST = 64 * 1024;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** Stands for the length of an overlong row. */
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

    /** Each line is a row. */
    public static RowReader lines(InputStream in) {
        return new RowReader(in, Form.LINES);
    }

    /** Line breaks in quotes do not end a row. */
    public static RowReader csv(InputStream in) {
        return new RowReader(in, Form.CSV);
    }

    /** Each line is a row. If the first character is a bracket, each element of the array is a row. */
    public static RowReader json(InputStream in) {
        return new RowReader(in, Form.JSON);
    }

    /**
     * The next row, null at the end.
     *
     * @throws IOException if the rest of the file cannot be read; further calls fail in the same way
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
            RawRow row = length < 0 ? refuse(length) : take(length);
            if (row.refusal() != null) {
                return row;
            }
            if (form == Form.CSV && CsvCells.areEmpty(row.bytes())) {
                emptyRows += row.bytes().length > 0 ? 1 : 0;
            } else if (row.bytes().length > 0) {
                return row;
            }
        }
        return null;
    }

    /** The number of bytes of the rows returned so far, with their line ends. Thread-safe. */
    public long position() {
        return buffer.position();
    }

    /** The number of rows of CSV so far that had commas but no value. */
    public long emptyRows() {
        return emptyRows;
    }

    /** Whether reading the next row may block. */
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
                // Two quotes stand for one: the second quote continues the text that the first one seemed to close.
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

    private RawRow refuse(int problem) throws IOException {
        Place place = Place.line(buffer.line());
        boolean ended = skipLine();
        TokenException refusal = problem == TOO_LONG
                ? TokenException.of(
                        ErrorCode.CONTENT_TOO_LARGE,
                        "a row has at most " + LONGEST + " bytes"
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
