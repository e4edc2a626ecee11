package io.playgrant.error;

/**
 * The error that a client receives, with the same content in json and in html.
 *
 * @param code the documented number, or the HTTP status if there is none
 * @param message the number in brackets, the documented text and the details
 */
public record ErrorMessage(int code, String message) {

    /** The message of a refusal. */
    public static ErrorMessage of(TokenException refusal) {
        return new ErrorMessage(refusal.code().number(), TokenException.message(refusal.code(), refusal.details()));
    }
}
