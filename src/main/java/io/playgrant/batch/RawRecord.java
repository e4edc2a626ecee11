package io.playgrant.batch;

import io.playgrant.error.TokenException;
import org.jspecify.annotations.Nullable;

/**
 * A record of a file, not yet looked into. It may hold secrets.
 *
 * @param bytes the record without its line end; empty if it is refused
 * @param line the number of its first line, from 1
 * @param ended whether a line end follows, which only the last record may lack
 * @param refusal why it cannot be read; null if it can
 */
public record RawRecord(
        byte[] bytes, long line, boolean ended, @Nullable TokenException refusal) {

    /** The line's number only. */
    @Override
    public String toString() {
        return "RawRecord[line " + line + "]";
    }
}
