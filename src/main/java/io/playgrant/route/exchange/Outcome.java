package io.playgrant.route.exchange;

import io.playgrant.batch.TokenResult;
import io.playgrant.error.ErrorMessage;
import io.playgrant.error.TokenException;
import io.playgrant.record.TokenRecord;
import org.jspecify.annotations.Nullable;

/**
 * What came of one of many requests, and what is still to be done before its result may be sent.
 *
 * @param result the answer
 * @param debtor the account that owes a credit for it; null if there is nothing to pay
 * @param record the record that is to be written; null if there is none, or it has been written
 */
public record Outcome(
        TokenResult result, @Nullable Long debtor, @Nullable TokenRecord record) {

    /** A result that may be sent as it is. */
    public static Outcome of(TokenResult result) {
        return new Outcome(result, null, null);
    }

    /** The same request, refused when it was settled. */
    public Outcome refused(TokenException refusal) {
        return new Outcome(
                TokenResult.of(result.id(), ErrorMessage.of(refusal)),
                null,
                record == null ? null : record.refused(refusal.code()));
    }
}
