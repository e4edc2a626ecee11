package io.playgrant.record;

import io.playgrant.record.BlockContent.UnreadableException;
import io.playgrant.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * One search: the records of blocks, and those of single rows from earlier versions, in one order, newest first. It reads block by block.
 * Records whose time more than one block may hold wait until all of these blocks are read.
 */
final class RecordSearch {

    private static final Comparator<TokenRecord> NEWEST_FIRST =
            Comparator.comparing(TokenRecord::time).reversed();

    /** The approximate size of a single row. */
    private static final int ROW_LENGTH = 500;

    private static final int MOST_ROWS = 4_096;

    /** A full block has 50 KB, and one of long texts some hundred. */
    private static final int MOST_BLOCKS = 64;

    private final RecordQuery query;
    private final Duration timeout;
    private final UnreadableBlocks unreadable;
    private final long begin = System.nanoTime();
    private final Instant first;
    private final Instant last;
    private final RowReader<BlockTable.Row> blocks;
    private final RowReader<RecordTable.Row> rows;

    /** Matching records that were read, the newest first. They wait while a block that was not read may hold newer ones. */
    private final List<TokenRecord> pending = new ArrayList<>();

    private final List<TokenRecord> found = new ArrayList<>();
    private int toSkip;

    private RecordSearch(Handle handle, RecordQuery query, Duration timeout, UnreadableBlocks unreadable) {
        this.query = query;
        this.timeout = timeout;
        this.unreadable = unreadable;
        this.first = query.from() == null ? RecordQuery.EARLIEST : query.from();
        this.last = last(query);
        this.toSkip = query.before() == null ? 0 : query.before().shown();
        this.blocks = new RowReader<>(
                (after, limit) -> BlockTable.find(handle, query, first, last, after, limit, remainingSeconds()),
                row -> row.block().content().length,
                MOST_BLOCKS);
        this.rows = new RowReader<>(
                (after, limit) -> RecordTable.find(handle, query, first, last, after, limit, remainingSeconds()),
                row -> ROW_LENGTH,
                MOST_ROWS);
    }

    /**
     * The newest records that match a query.
     *
     * @param limit the largest number of records
     * @param timeout the time limit in whole seconds; zero for none
     * @param unreadable where blocks are reported that cannot be read
     * @throws StorageException if the search takes longer
     */
    static List<TokenRecord> find(
            Handle handle, RecordQuery query, int limit, Duration timeout, UnreadableBlocks unreadable) {
        return new RecordSearch(handle, query, timeout, unreadable).find(limit);
    }

    /** The last time of the period. The end of a query is exclusive, and the time of its cursor inclusive. */
    private static Instant last(RecordQuery query) {
        Instant last = query.to() == null
                ? RecordQuery.LATEST
                : query.to().minusNanos(1).truncatedTo(ChronoUnit.MICROS);
        return query.before() != null && query.before().time().isBefore(last)
                ? query.before().time()
                : last;
    }

    private List<TokenRecord> find(int limit) {
        while (found.size() < limit) {
            BlockTable.Row block = blocks.peek();
            RecordTable.Row row = rows.peek();
            if (block == null && row == null) {
                release(Instant.MIN, limit);
                return found;
            }
            if (block != null && (row == null || !block.newest().isBefore(row.newest()))) {
                release(block.newest(), limit);
                pending.addAll(matching(blocks.next()));
            } else if (row != null) {
                release(row.newest(), limit);
                pending.add(rows.next().record());
            }
            // Stable: records of the same time keep the order of their blocks, on which cursors depend.
            pending.sort(NEWEST_FIRST);
        }
        return found;
    }

    /** Takes the pending records that are newer than everything that is not read yet. */
    private void release(Instant newestUnread, int limit) {
        int released = 0;
        while (released < pending.size()
                && found.size() < limit
                && pending.get(released).time().isAfter(newestUnread)) {
            TokenRecord record = pending.get(released);
            released++;
            if (toSkip > 0) {
                toSkip--;
            } else {
                found.add(record);
            }
        }
        pending.subList(0, released).clear();
    }

    /** The matching records of a block, newest first. */
    private List<TokenRecord> matching(BlockTable.Row row) {
        // Fails if the search takes too long.
        remainingSeconds();
        List<TokenRecord> matching = new ArrayList<>();
        if (!BlockContent.mayMatch(row.block().content(), query.filter())) {
            return matching;
        }
        for (TokenRecord record : readable(row)) {
            if (!record.time().isBefore(first)
                    && !record.time().isAfter(last)
                    && query.filter().matches(record)) {
                matching.add(record);
            }
        }
        Collections.reverse(matching);
        return matching;
    }

    /** The records of a block; none if it cannot be read, so that the rest of the records can be found all the same. */
    private List<TokenRecord> readable(BlockTable.Row row) {
        try {
            return row.block().read();
        } catch (UnreadableException e) {
            unreadable.report(row, e);
            return List.of();
        }
    }

    /** How much of the time limit is left, at least 1; 0 for no limit. */
    private int remainingSeconds() {
        if (timeout.isZero()) {
            return 0;
        }
        Duration remaining = timeout.minusNanos(System.nanoTime() - begin);
        if (remaining.isNegative()) {
            throw new StorageException("The search takes longer than " + timeout.toSeconds() + " seconds");
        }
        return (int) remaining.toSeconds() + 1;
    }
}
