package io.playgrant.batch.row;

import io.playgrant.error.TokenException;
import org.jspecify.annotations.Nullable;

/**
 * An unparsed row of a file. It may contain secrets.
 *
 * @param bytes the row without its line end; empty if it is refused
 * @param place the position of the row
 * @param ended whether a line end follows; only the last row may lack it
 * @param refusal why the row cannot be read; null if it can
 */
public record RawRow(
        byte[] bytes, Place place, boolean ended, @Nullable TokenException refusal) {

    /** The place only. */
    @Override
    public String toString() {
        return "RawRow[" + place + "]";
    }
}
