package io.playgrant.record;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of records.
 *
 * @param records the records, newest first, at most as many as requested
 * @param next the cursor of the next page; null on the last page
 * @param searchedTo if the search's budget ended before the page was full, the time down to which it searched: all matching records that are
 *     newer have been found; null if the page is full, or the last one
 */
public record RecordPage(
        List<TokenRecord> records,
        @Nullable RecordCursor next,
        @Nullable Instant searchedTo) {

    /** A page of a search that was not cut short. */
    public RecordPage(List<TokenRecord> records, @Nullable RecordCursor next) {
        this(records, next, null);
    }
}
