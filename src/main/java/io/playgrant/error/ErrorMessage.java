package io.playgrant.error;

/**
 * What a client is told: the same content, whether it is written as json or as html.
 *
 * @param code the documented number, or the HTTP status where there is none
 * @param message the number in brackets, the documented text and the details
 */
public record ErrorMessage(int code, String message) {

    /** The message of a refusal. */
    public static ErrorMessage of(TokenException refusal) {
        return new ErrorMessage(refusal.code().number(), TokenException.message(refusal.code(), refusal.details()));
    }
}
