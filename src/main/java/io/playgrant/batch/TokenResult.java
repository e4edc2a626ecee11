package io.playgrant.batch;

import io.playgrant.error.ErrorMessage;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request: a licence URL, or an error.
 *
 * @param id the request's id; null if it had none that could be read
 * @param licenseUrl where the token is redeemed; null if the request was refused. Whoever holds it gets the licence
 * @param error why it was refused; null if it was not
 */
public record TokenResult(
        @Nullable String id,
        @Nullable String licenseUrl,
        @Nullable ErrorMessage error) {

    /** A token. */
    public static TokenResult of(@Nullable String id, String licenseUrl) {
        return new TokenResult(id, licenseUrl, null);
    }

    /** A refusal. */
    public static TokenResult of(@Nullable String id, ErrorMessage error) {
        return new TokenResult(id, null, error);
    }

    /** Nothing that may be secret. */
    @Override
    public String toString() {
        return "TokenResult[" + (error == null ? "token" : "code " + error.code()) + "]";
    }
}
