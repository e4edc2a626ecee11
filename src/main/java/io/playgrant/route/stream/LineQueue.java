package io.playgrant.route.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Lines that were read and are not answered yet. */
final class LineQueue {

    /** No more is read once there are so many bytes, so that there are never more than these and what one read brings. */
    private static final int ENOUGH = 128 * 1024;

    /** What a line takes beside its bytes. */
    private static final int FRAME = 64;

    /** A worker is back after so many lines, for the requests that wait. */
    private static final int MOST_AT_ONCE = 64;

    private final Deque<Line> lines = new ArrayDeque<>();
    private int size;

    void add(Line line) {
        lines.addLast(line);
        size += size(line);
    }

    /** The first lines, to be answered in one go. */
    List<Line> take() {
        List<Line> taken = new ArrayList<>(Math.min(MOST_AT_ONCE, lines.size()));
        while (taken.size() < MOST_AT_ONCE && !lines.isEmpty()) {
            Line line = lines.removeFirst();
            size -= size(line);
            taken.add(line);
        }
        return taken;
    }

    /** Puts lines that were taken where they were. */
    void putBack(List<Line> taken) {
        for (int i = taken.size() - 1; i >= 0; i--) {
            lines.addFirst(taken.get(i));
            size += size(taken.get(i));
        }
    }

    void clear() {
        lines.clear();
        size = 0;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    boolean isFull() {
        return size >= ENOUGH;
    }

    private static int size(Line line) {
        return FRAME + line.bytes().length;
    }
}
