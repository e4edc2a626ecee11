package io.playgrant.batch;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.ErrorMessage;
import io.playgrant.record.TokenRecord;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request: a licence URL, or an error.
 *
 * @param id the request's id; null if it had none that could be read
 * @param licenseUrl where the token is redeemed; null if the request was refused. Whoever holds it gets the licence
 * @param error why it was refused; null if it was not
 * @param debtor the account that a credit is still to be taken from before the result may leave; null if there is nothing to pay
 * @param record what is still to be recorded before the result may leave; null if nothing is
 */
public record TokenResult(
        @Nullable String id,
        @Nullable String licenseUrl,
        @Nullable ErrorMessage error,
        @Nullable Long debtor,
        @Nullable TokenRecord record) {

    /** A token, paid or free. */
    public static TokenResult of(@Nullable String id, String licenseUrl) {
        return new TokenResult(id, licenseUrl, null, null, null);
    }

    /** A token that is yet to be paid. */
    public static TokenResult owed(@Nullable String id, String licenseUrl, long debtor) {
        return new TokenResult(id, licenseUrl, null, debtor, null);
    }

    /** A refusal. */
    public static TokenResult of(@Nullable String id, ErrorMessage error) {
        return new TokenResult(id, null, error, null, null);
    }

    /** The same request, refused after all. */
    public TokenResult refused(ErrorCode code, ErrorMessage message) {
        return of(id, message).toBeRecorded(record == null ? null : record.refused(code));
    }

    /** The same, with what is still to be recorded. */
    public TokenResult toBeRecorded(@Nullable TokenRecord pending) {
        return new TokenResult(id, licenseUrl, error, debtor, pending);
    }

    /** Nothing that may be secret. */
    @Override
    public String toString() {
        return "TokenResult[" + (error == null ? "token" : "code " + error.code()) + "]";
    }
}
