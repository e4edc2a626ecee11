package io.playgrant.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records, the newest first.
 *
 * @param records as many as were asked for, or as there are
 * @param next where the next page begins; null if this is the last
 */
public record RecordPage(
        List<TokenRecord> records, @Nullable RecordCursor next) {}
