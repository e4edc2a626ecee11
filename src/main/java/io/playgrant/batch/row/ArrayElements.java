package io.playgrant.batch.row;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Splits JSON arrays into elements, with one element in memory at a time. Elements are not parsed: an element is the text between two
 * commas outside braces, brackets and quotes, so that a malformed element does not affect the others.
 */
final class ArrayElements {

    /** Includes trailing white space, which cannot be recognised as trailing before the next character. */
    private static final int LONGEST_WITH_WHITE_SPACE = 2 * RowReader.LONGEST;

    private final FileBuffer buffer;
    private State state = State.CLOSED;
    private long count;

    /**
     * The elements of one array, or of several arrays in succession, such as the pages of a list.
     *
     * @param buffer the file, from the first bracket on
     */
    ArrayElements(FileBuffer buffer) {
        this.buffer = buffer;
    }

    private enum State {
        /** Outside any array. */
        CLOSED,
        /** After the opening bracket. */
        OPENED,
        /** After a comma, or an element that ends the file. */
        WITHIN
    }

    /**
     * The next element, null at the end.
     *
     * @throws IOException if the rest of the array is malformed
     */
    @Nullable
    RawRow next() throws IOException {
        while (skipWhiteSpace()) {
            byte next = buffer.at(0);
            if (state == State.CLOSED) {
                open(next);
            } else if (state == State.OPENED && next == ']') {
                take(1, State.CLOSED);
            } else {
                return element();
            }
        }
        if (state != State.CLOSED) {
            throw new IOException(
                    "the array is cut off " + (count == 0 ? "before its first element" : "after element " + count));
        }
        return null;
    }

    private void open(byte next) throws IOException {
        if (next != '[') {
            throw new IOException("something follows the array, in line " + buffer.line());
        }
        take(1, State.OPENED);
    }

    private boolean skipWhiteSpace() throws IOException {
        while (buffer.has(0)) {
            if (!isWhiteSpace(buffer.at(0))) {
                return true;
            }
            buffer.advance(1);
        }
        return false;
    }

    private RawRow element() throws IOException {
        Place place = Place.element(++count, buffer.line());
        Nesting nesting = new Nesting();
        boolean tooLong = false;
        int length = 0;
        int trimmed = 0;
        while (buffer.has(length)) {
            byte next = buffer.at(length);
            if (nesting.isOutside() && (next == ',' || next == ']')) {
                RawRow element = record(place, tooLong ? Integer.MAX_VALUE : trimmed);
                take(length + 1, next == ']' ? State.CLOSED : State.WITHIN);
                return element;
            }
            if (next == '\n' && nesting.isQuoted()) {
                throw new IOException("a quote is not closed in " + place + " of the array");
            }
            nesting.add(next);
            length++;
            trimmed = isWhiteSpace(next) ? trimmed : length;
            if (length == LONGEST_WITH_WHITE_SPACE) {
                tooLong = true;
                buffer.advance(length);
                length = 0;
                trimmed = 0;
            }
        }
        if (tooLong || !nesting.isOutside() || buffer.at(trimmed - 1) != '}') {
            throw new IOException("the array is cut off in " + place);
        }
        RawRow element = record(place, trimmed);
        take(length, State.WITHIN);
        return element;
    }

    private RawRow record(Place place, int length) {
        if (length == 0) {
            return refused(place, TokenException.of(ErrorCode.BAD_REQUEST, "an element of the array is missing"));
        }
        if (length > RowReader.LONGEST) {
            return refused(
                    place,
                    TokenException.of(
                            ErrorCode.CONTENT_TOO_LARGE, "an element has at most " + RowReader.LONGEST + " bytes"));
        }
        return new RawRow(buffer.copy(length), place, true, null);
    }

    private static RawRow refused(Place place, TokenException refusal) {
        return new RawRow(new byte[0], place, true, refusal);
    }

    /** Also consumes white space that was read already, without waiting for more input. */
    private void take(int length, State next) {
        buffer.advance(length);
        while (buffer.available() > 0 && isWhiteSpace(buffer.at(0))) {
            buffer.advance(1);
        }
        state = next;
    }

    static boolean isWhiteSpace(byte next) {
        return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }

    /** The nesting of brackets and quotes within an element. */
    private static final class Nesting {

        private long depth;
        private boolean quoted;
        private boolean escaped;

        boolean isOutside() {
            return depth == 0 && !quoted;
        }

        boolean isQuoted() {
            return quoted;
        }

        void add(byte next) {
            if (quoted) {
                quoted = escaped || next != '"';
                escaped = !escaped && next == '\\';
            } else if (next == '"') {
                quoted = true;
            } else if (next == '{' || next == '[') {
                depth++;
            } else if (next == '}' || next == ']') {
                depth = Math.max(0, depth - 1);
            }
        }
    }
}
