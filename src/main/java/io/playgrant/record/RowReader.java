package io.playgrant.record;

import java.util.ArrayDeque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a search in their order, a few at first and then more at a time, but never more than memory allows. One statement for
 * all rows would not do: H2 keeps the whole result in memory.
 */
final class RowReader<R> {

    private static final int FEW = 4;
    private static final int GROWTH = 4;

    /** The approximate size of the largest step in bytes. */
    private static final int LARGEST_STEP = 4_000_000;

    private final Step<R> step;
    private final ToIntFunction<R> size;
    private final int most;
    private final Queue<R> read = new ArrayDeque<>();
    private @Nullable R last;
    private int limit = FEW;
    private boolean ended;

    /**
     * A reader that has read nothing yet.
     *
     * @param size the approximate size of a row in bytes
     * @param most the largest number of rows in a step; small if rows may be large, since a step expects rows of the size of the last ones
     */
    RowReader(Step<R> step, ToIntFunction<R> size, int most) {
        this.step = step;
        this.size = size;
        this.most = most;
    }

    /** Reads the next rows. */
    @FunctionalInterface
    interface Step<R> {

        /**
         * The next rows.
         *
         * @param after the row after which to begin; null at the beginning
         * @param limit the largest number of rows; with fewer rows the search ends
         */
        List<R> rows(@Nullable R after, int limit);
    }

    /** The next row, which remains the next one; null at the end. */
    @Nullable
    R peek() {
        if (read.isEmpty() && !ended) {
            readMore();
        }
        return read.peek();
    }

    /** Takes the next row. There must be one. */
    R next() {
        R next = peek();
        if (next == null) {
            throw new NoSuchElementException();
        }
        read.remove();
        return next;
    }

    private void readMore() {
        List<R> rows = step.rows(last, limit);
        ended = rows.size() < limit;
        if (!rows.isEmpty()) {
            read.addAll(rows);
            last = rows.get(rows.size() - 1);
            long bytes = rows.stream().mapToLong(size::applyAsInt).sum();
            long fitting = LARGEST_STEP / Math.max(1, bytes / rows.size());
            limit = (int) Math.max(FEW, Math.min(Math.min(limit * GROWTH, most), fitting));
        }
    }
}
