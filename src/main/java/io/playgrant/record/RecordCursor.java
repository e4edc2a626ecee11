package io.playgrant.record;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/**
 * The end of a page of records. It contains no row number, which would reveal how many records other accounts have.
 *
 * @param time the time of the last record on the page
 * @param shown the number of matching records of this time that have been shown, 0 to {@link #MOST_SHOWN}
 */
public record RecordCursor(Instant time, int shown) {

    /** The largest number of records that can have the same time. */
    static final int MOST_SHOWN = 1_000_000;

    private static final int LENGTH = Long.BYTES + Integer.BYTES;

    /** Reads a text of {@link #text()}. Empty if the text has another form. */
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

    /** The cursor as base64url without padding, opaque to clients. */
    public String text() {
        ByteBuffer numbers = ByteBuffer.allocate(LENGTH)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, time))
                .putInt(shown);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(numbers.array());
    }

    /** Limits forged cursors to values that every database accepts. */
    private static boolean isInRange(RecordCursor cursor) {
        return RecordQuery.EARLIEST.compareTo(cursor.time) <= 0
                && cursor.time.compareTo(RecordQuery.LATEST) <= 0
                && cursor.shown >= 0
                && cursor.shown <= MOST_SHOWN;
    }
}
