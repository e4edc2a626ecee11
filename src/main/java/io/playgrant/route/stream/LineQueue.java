package io.playgrant.route.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The lines that were read and have not been answered. */
final class LineQueue {

    /** Reading stops at so many bytes. The queue holds at most these and the bytes of one read. */
    private static final int ENOUGH = 128 * 1024;

    /** The memory that a line takes beside its bytes. */
    private static final int FRAME = 64;

    /** A worker answers so many lines at once, and is then free for waiting requests. */
    private static final int MOST_AT_ONCE = 64;

    private final Deque<Line> lines = new ArrayDeque<>();
    private int size;

    void add(Line line) {
        lines.addLast(line);
        size += size(line);
    }

    /** Removes the first lines, for one worker. */
    List<Line> take() {
        List<Line> taken = new ArrayList<>(Math.min(MOST_AT_ONCE, lines.size()));
        while (taken.size() < MOST_AT_ONCE && !lines.isEmpty()) {
            Line line = lines.removeFirst();
            size -= size(line);
            taken.add(line);
        }
        return taken;
    }

    /** Puts lines back to the front. */
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
