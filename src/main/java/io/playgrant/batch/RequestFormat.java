package io.playgrant.batch;

import io.playgrant.batch.row.MessageException;
import io.playgrant.batch.row.RawRow;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;

/** The format of a row with one request. Thread-safe. */
public interface RequestFormat {

    /** The request in a row, or its error. It always has an id: its own, or the number of its line or element. */
    default Item read(RawRow record) {
        String number = Long.toString(record.place().number());
        TokenException refusal = record.refusal();
        if (refusal != null) {
            return Item.refused(number, TokenException.of(refusal.code(), record.place() + ": " + refusal.details()));
        }
        try {
            return parse(record.bytes(), number);
        } catch (MessageException e) {
            return Item.refused(
                    e.id().orElse(number),
                    TokenException.of(ErrorCode.BAD_REQUEST, record.place() + ": " + e.reason()));
        }
    }

    /**
     * Reads the request in a row.
     *
     * @param record the bytes of the row
     * @param number the number that serves as the id if it has none
     * @throws MessageException if the row is not a request
     */
    Item parse(byte[] record, String number);
}
