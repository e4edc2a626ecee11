package io.playgrant.usage;

import io.playgrant.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A table whose primary key begins with an owner and a slot, for deletion. All queries use this index, because the table may have millions
 * of rows.
 *
 * @param name its name
 * @param owner the column of the owner
 * @param first a value before all owners
 * @param slot the length of a slot
 */
record SlotTable(String name, String owner, Object first, Duration slot) {

    static final SlotTable USAGE_MINUTES = new SlotTable("usage_minute", "account", -1L, Duration.ofMinutes(1));
    static final SlotTable USAGE_HOURS = new SlotTable("usage_hour", "account", -1L, Duration.ofHours(1));
    static final SlotTable TIME_MINUTES = new SlotTable("request_time_minute", "source", "", Duration.ofMinutes(1));
    static final SlotTable TIME_HOURS = new SlotTable("request_time_hour", "source", "", Duration.ofHours(1));

    /** The number of slots that are deleted in one transaction. */
    private static final int SOME = 60;

    /** The next owner that has rows. */
    Optional<Object> ownerAfter(Handle handle, Object before) {
        return handle.createQuery("select " + owner + " from " + name + " where " + owner + " > :before order by "
                        + owner + " fetch first 1 row only")
                .bind("before", before)
                .map((row, context) -> row.getObject(1))
                .findOne();
    }

    /**
     * Deletes some of the rows of an owner that are older than a time, the oldest first, in a small transaction.
     *
     * @return the number of deleted rows; 0 if there are no more
     */
    int deleteSomeBefore(Database database, Object one, Instant time) {
        long end = Math.floorDiv(time.getEpochSecond(), slot.toSeconds());
        return database.inTransaction(handle -> handle.createQuery("select slot from " + name + " where " + owner
                        + " = :owner order by " + owner + ", slot fetch first 1 row only")
                .bind("owner", one)
                .mapTo(Long.class)
                .findOne()
                .map(oldest -> handle.createUpdate("delete from " + name + " where " + owner
                                + " = :owner and slot >= :oldest and slot < :end")
                        .bind("owner", one)
                        .bind("oldest", oldest)
                        .bind("end", Math.min(oldest + SOME, end))
                        .execute())
                .orElse(0));
    }
}
