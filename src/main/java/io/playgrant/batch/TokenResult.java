package io.playgrant.batch;

import io.playgrant.error.ErrorMessage;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request: a licence URL, or an error.
 *
 * @param id the id of the request; null if none could be read
 * @param licenseUrl the URL at which the token is redeemed; null if the request was refused. Whoever has it can obtain the licence
 * @param error why the request was refused; null if it was not
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

    /** Without the licence URL, which is secret. */
    @Override
    public String toString() {
        return "TokenResult[" + (error == null ? "token" : "code " + error.code()) + "]";
    }
}
