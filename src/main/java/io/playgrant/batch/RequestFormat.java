package io.playgrant.batch;

import io.playgrant.batch.row.MessageException;
import io.playgrant.batch.row.RawRow;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;

/** How a record is one request. Any number of threads may use it at the same time. */
public interface RequestFormat {

    /** The request in a record, or what is wrong with it. It has an id in any case: its own, or the number of its line or element. */
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
     * Reads the request in a record.
     *
     * @param record the record's bytes
     * @param number what it is known by if it has no id
     * @throws MessageException if it is not one
     */
    Item parse(byte[] record, String number);
}
