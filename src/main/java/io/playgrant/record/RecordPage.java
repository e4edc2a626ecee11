package io.playgrant.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of records.
 *
 * @param records the records, newest first, at most as many as requested
 * @param next the cursor of the next page; null on the last page
 */
public record RecordPage(
        List<TokenRecord> records, @Nullable RecordCursor next) {}
