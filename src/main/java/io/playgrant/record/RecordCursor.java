package io.playgrant.record;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a page of records ends.
 *
 * @param time the time of its last record
 * @param id its number, which orders records of the same time
 */
public record RecordCursor(Instant time, long id) {

    private static final int LENGTH = 2 * Long.BYTES;

    /** Reads what {@link #text()} wrote; empty if it is anything else. */
    public static Optional<RecordCursor> parse(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length != LENGTH) {
                return Optional.empty();
            }
            ByteBuffer numbers = ByteBuffer.wrap(bytes);
            RecordCursor cursor =
                    new RecordCursor(Instant.EPOCH.plus(numbers.getLong(), ChronoUnit.MICROS), numbers.getLong());
            return isInRange(cursor.time()) ? Optional.of(cursor) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Base64url without padding; of no meaning to a client. */
    public String text() {
        ByteBuffer numbers = ByteBuffer.allocate(LENGTH)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, time))
                .putLong(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(numbers.array());
    }

    /** A forged one must not be a time that a database cannot hold. */
    private static boolean isInRange(Instant time) {
        return RecordQuery.EARLIEST.compareTo(time) <= 0 && time.compareTo(RecordQuery.LATEST) <= 0;
    }
}
