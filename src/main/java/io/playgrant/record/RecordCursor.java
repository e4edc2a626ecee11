package io.playgrant.record;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a page of records ends. It holds no number of a record, which would tell how many there are of others.
 *
 * @param time the time of its last record
 * @param shown how many of the records of this time that were asked for have been shown, 0 to {@link #MOST_SHOWN}
 */
public record RecordCursor(Instant time, int shown) {

    /** More records cannot have the same time. */
    static final int MOST_SHOWN = 1_000_000;

    private static final int LENGTH = Long.BYTES + Integer.BYTES;

    /** Reads what {@link #text()} wrote; empty if it is anything else. */
    public static Optional<RecordCursor> parse(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length != LENGTH) {
                return Optional.empty();
            }
            ByteBuffer numbers = ByteBuffer.wrap(bytes);
            RecordCursor cursor =
                    new RecordCursor(Instant.EPOCH.plus(numbers.getLong(), ChronoUnit.MICROS), numbers.getInt());
            return isInRange(cursor) ? Optional.of(cursor) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Base64url without padding; of no meaning to a client. */
    public String text() {
        ByteBuffer numbers = ByteBuffer.allocate(LENGTH)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, time))
                .putInt(shown);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(numbers.array());
    }

    /** A forged one must be nothing that a database cannot do. */
    private static boolean isInRange(RecordCursor cursor) {
        return RecordQuery.EARLIEST.compareTo(cursor.time) <= 0
                && cursor.time.compareTo(RecordQuery.LATEST) <= 0
                && cursor.shown >= 0
                && cursor.shown <= MOST_SHOWN;
    }
}
