package io.playgrant.record;

import io.playgrant.account.Environment;
import io.playgrant.record.BlockContent.UnreadableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Deletes old blocks, and the old records of blocks that have newer ones as well. */
final class BlockDeletion {

    private final UnreadableBlocks unreadable;

    BlockDeletion(UnreadableBlocks unreadable) {
        this.unreadable = unreadable;
    }

    /**
     * Deletes some of the records before a time, the newest first.
     *
     * @param some the smallest number of records to delete, unless there are fewer
     * @return the number of deleted records
     */
    int deleteSomeBefore(Handle transaction, long account, Environment environment, Instant end, int some) {
        List<BlockTable.Row> old = new ArrayList<>();
        int oldRecords = 0;
        int deleted = 0;
        for (BlockTable.Row row : BlockTable.findSomeBefore(transaction, account, environment, end, some)) {
            if (!row.newest().isBefore(end)) {
                deleted += shorten(transaction, row, end);
            } else if (oldRecords < some) {
                old.add(row);
                oldRecords += row.block().records();
            }
        }
        return deleted + BlockTable.delete(transaction, old);
    }

    private int shorten(Handle transaction, BlockTable.Row row, Instant end) {
        try {
            List<TokenRecord> newer = row.block().read().stream()
                    .filter(record -> !record.time().isBefore(end))
                    .toList();
            return newer.isEmpty()
                    ? BlockTable.delete(transaction, List.of(row))
                    : BlockTable.shorten(transaction, row, RecordBlock.of(newer));
        } catch (UnreadableException e) {
            // Deleted as a whole at the next run, when its last record is too old as well.
            unreadable.report(row, e);
            return 0;
        }
    }
}
