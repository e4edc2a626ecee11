package io.playgrant.batch.row;

import io.playgrant.error.TokenException;
import org.jspecify.annotations.Nullable;

/**
 * A record of a file, not yet looked into. It may hold secrets.
 *
 * @param bytes the record without its line end; empty if it is refused
 * @param place where it stands
 * @param ended whether a line end follows, which only the last record may lack
 * @param refusal why it cannot be read; null if it can
 */
public record RawRow(
        byte[] bytes, Place place, boolean ended, @Nullable TokenException refusal) {

    /** The place only. */
    @Override
    public String toString() {
        return "RawRecord[" + place + "]";
    }
}
