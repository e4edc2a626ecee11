package io.playgrant.batch;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;

/** How a record is one request. Any number of threads may use it at the same time. */
public interface RequestFormat {

    /** The request in a record, or what is wrong with it. It has an id in any case: its own, or the number of its line. */
    default Item read(RawRecord record) {
        String line = Long.toString(record.line());
        TokenException refusal = record.refusal();
        if (refusal != null) {
            return Item.refused(line, TokenException.of(refusal.code(), "line " + line + ": " + refusal.details()));
        }
        try {
            return parse(record.bytes(), line);
        } catch (MessageException e) {
            return Item.refused(
                    e.id().orElse(line), TokenException.of(ErrorCode.BAD_REQUEST, "line " + line + ": " + e.reason()));
        }
    }

    /**
     * Reads the request in a record.
     *
     * @param record the record's bytes
     * @param line the number of its first line
     * @throws MessageException if it is not one
     */
    Item parse(byte[] record, String line);
}
