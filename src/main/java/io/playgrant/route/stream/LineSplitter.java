package io.playgrant.route.stream;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Splits bytes that arrive in parts into lines, which end with LF or CR LF. Skips empty lines, and a byte order mark before the first.
 * Buffers one line at most.
 */
final class LineSplitter {

    private static final byte[] NOTHING = new byte[0];
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int FIRST_ROOM = 1024;

    /** One more for a CR, which is not part of the line. */
    private static final int MOST_KEPT = Line.LONGEST + 1;

    private final Consumer<Line> lines;
    private byte[] begun = NOTHING;
    private int length;
    private boolean tooLong;
    private long number = 1;

    /** How many bytes of a byte order mark have arrived; its length once none can follow. */
    private int marked;

    /**
     * A splitter at the beginning of its input.
     *
     * @param lines is given each line as soon as its end has come
     */
    LineSplitter(Consumer<Line> lines) {
        this.lines = lines;
    }

    /** Adds the next bytes. */
    void add(byte[] bytes) {
        int from = skipMark(bytes);
        for (int at = from; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                keep(bytes, from, at);
                endLine();
                from = at + 1;
            }
        }
        keep(bytes, from, bytes.length);
    }

    /** Ends the input. The last line needs no line break. */
    void finish() {
        if (marked < BYTE_ORDER_MARK.length) {
            keep(BYTE_ORDER_MARK, 0, marked);
        }
        endLine();
    }

    /** The number of bytes that belong to a byte order mark, which may be split over reads. */
    private int skipMark(byte[] bytes) {
        int at = 0;
        while (marked < BYTE_ORDER_MARK.length && at < bytes.length) {
            if (bytes[at] != BYTE_ORDER_MARK[marked]) {
                keep(BYTE_ORDER_MARK, 0, marked);
                marked = BYTE_ORDER_MARK.length;
                return at;
            }
            marked++;
            at++;
        }
        return at;
    }

    private void keep(byte[] bytes, int from, int to) {
        int more = to - from;
        if (tooLong || length + more > MOST_KEPT) {
            tooLong = true;
            begun = NOTHING;
            length = 0;
            return;
        }
        if (length + more > begun.length) {
            begun = Arrays.copyOf(begun, Math.min(MOST_KEPT, Math.max(FIRST_ROOM, 2 * (length + more))));
        }
        System.arraycopy(bytes, from, begun, length, more);
        length += more;
    }

    private void endLine() {
        int end = length > 0 && begun[length - 1] == '\r' ? length - 1 : length;
        if (tooLong || end > Line.LONGEST) {
            lines.accept(new Line(number, NOTHING));
        } else if (end > 0) {
            lines.accept(new Line(number, Arrays.copyOf(begun, end)));
        }
        length = 0;
        tooLong = false;
        number++;
    }
}
